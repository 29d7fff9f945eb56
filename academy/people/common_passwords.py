"""The words people make passwords of first; password_rules takes them out and looks at what is left."""

KEYBOARD_RUNS = (
    "correcthorsebatterystaple", "trustno1", "1a2s3d4f5g6h",
    "1qaz2wsx3edc4rfv5tgb", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv", "1qaz2wsx3edc", "qazwsxedcrfv",
    "1q2w3e4r5t6y", "q1w2e3r4t5y6", "112233445566", "йцукенгшщзхъ", "фывапролджэ", "qwertyuiop", "qwertzuiop",
    "azertyuiop", "poiuytrewq", "1q2w3e4r5t", "q1w2e3r4t5", "1234567890", "0123456789", "0987654321", "asdfghjkl",
    "lkjhgfdsa", "qazwsxedc", "147258369", "789456123", "741852963", "123456789", "987654321", "фывапролд",
    "ячсмитьбю", "qwertyui", "1qaz2wsx", "1qazxsw2", "zaq12wsx", "1q2w3e4r", "q1w2e3r4", "a1s2d3f4", "a1b2c3d4",
    "1a2b3c4d", "zxcvbnm", "mnbvcxz", "ячсмить", "qwertz", "azerty", "qwerty", "asdfgh", "zxcvbn", "lkjhgf",
    "mnbvcx", "qazwsx", "1q2w3e", "q1w2e3", "159753", "112233", "123123", "123321", "121212", "131313", "101010",
    "696969", "йцукен", "фывапр", "gfhjkm", "ghbdtn", "qwert", "asdfg", "zxcvb", "poiuy", "mnbvc", "qwer", "asdf",
    "zxcv", "lkjh", "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "zaq1", "xsw2", "cde3", "vfr4", "1q2w", "йцук", "фыва",
    "ячсм", "ضصثق", "شسیب", "qaz", "wsx", "edc", "rfv",
)  # fmt: skip

_TEXT = """
alexandria password passwort passwords passw parola parol parolle contrasena senha motdepasse pass pwd secret secrets
private letmein letme welcome login logon signin access enter open sesame changeme change default temp test tester
testing guest user username admin administrator root system server master manager demo sample example superuser super
account academy academia common ground preventive diplomacy diplomat peace mediator mediation course lesson learn
learner trainer teacher student school university college class study certificate alumni unrcca united nations
iloveyou iloveu loveyou loveme lover lovely loving love forever together always babygirl babyboy baby honey sweetheart
sweetie sweet angel angels princess prince queen king kings darling beautiful beauty pretty cutie sexy hottie family
mother father mommy daddy mama papa brother sister friend friends friendship bestfriend boyfriend girlfriend hello
world goodbye thanks please sunshine sunflower flower flowers rainbow butterfly summer winter spring autumn monday
tuesday wednesday thursday friday saturday sunday january february march april june july august september october
november december morning night today tomorrow birthday christmas newyear monkey dragon tiger lion panther eagle
falcon wolf shadow horse horses pony puppy kitty kitten cats dogs doggie animal dolphin turtle penguin panda snoopy
spongebob squarepants pokemon pikachu naruto sasuke batman superman spiderman superstar starwars skywalker yoda vader
matrix ninja samurai pirate warrior hunter killer ranger soldier sniper football futbol soccer baseball basketball
hockey tennis volleyball cricket rugby swimming running dancing dancer dance liverpool manchester chelsea arsenal
barcelona realmadrid madrid juventus milan spartak zenit dynamo cowboys yankees lakers steelers eagles patriots
broncos champion champions winner legend victory music guitar piano metal rock rockstar hiphop singer metallica
nirvana slipknot eminem beatles computer internet google facebook instagram whatsapp telegram youtube twitter hotmail
gmail yahoo microsoft windows android samsung iphone apple nokia linux python java mysql oracle database network
security hacker coding code cookie chocolate strawberry cherry banana orange pepper coffee pizza cheese sugar candy
vanilla cupcake peanut butter ferrari porsche mercedes lamborghini mustang corvette harley yamaha honda toyota nissan
subaru camaro london paris berlin newyork america american england france germany italia italy spain espana brazil
mexico canada russia moscow moskva kazakhstan almaty astana kyrgyzstan bishkek tajikistan dushanbe turkmenistan
ashgabat uzbekistan tashkent samarkand bukhara afghanistan kabul herat kandahar mazar iran tehran pakistan india
turkey istanbul china michael jessica ashley daniel matthew anthony jordan joshua andrew robert william thomas charlie
george nicole jennifer michelle amanda hannah samantha elizabeth victoria charlotte sophie maria anna elena natasha
natalia olga tatiana svetlana irina marina ekaterina anastasia alexander aleksandr sergey dmitry dmitri andrey alexey
vladimir ivan nikita maxim mikhail muhammad mohammad mohammed ahmad ahmed mustafa fatima zahra aisha zainab hussain
hassan karim rahim nargiz madina aigul aizhan gulnara nursultan temir jasur dilshod farrukh rustam timur bekzod azamat
jesus christ jesuschrist jehovah heaven blessed blessing faith grace godisgood allah bismillah islam inshallah
mashallah alhamdulillah quran masha muslim freedom liberty justice power money million dollar dollars success lucky
luckyone happy happiness smile smiley funny crazy cool coolest awesome perfect wonderful amazing fantastic magic
mystery phoenix diamond golden silver gold crystal purple yellow green black white blue red pink thunder lightning
storm fire water ocean river mountain earth planet star stars galaxy universe moon moonlight sun forest nature island
paradise dream dreams dreamer trustno trustme whatever nothing something anything everything nobody someone noone
never ever only mine yours ihateyou hate fuckyou fuck fucker fucking asshole bitch shit bastard sexsex porn qwe asd
zxc abc abcd abcdef xyz xxx aaa one two three four five six seven eight nine zero first second third number numbers
numero counter letter letters my your the and you are iam this that for from with not now new old big best good bad
пароль привет любовь люблю тебя солнце солнышко наташа марина андрей сергей дмитрий максим саша маша мама папа кошка
котенок собака зайка малыш ангел россия москва спартак зенит казахстан кыргызстан таджикистан узбекистан академия
дипломатия медиация курс школа учитель ученик студент админ доступ секрет мир дружба privet lubov lyubov lublu solnce
solnyshko zaika koshka sobaka malysh dostup kotenok rodina druzhba рахмат сәлем сүйемін қазақстан салом душанбе
ташкент سلام عشق پاسورد رمز افغانستان کابل amor teamo teamoparasiempre siempre corazon mivida princesa hermosa bonita
carino familia amigos jetaime soleil doudou chouchou bonjour liebe schatz hallo sommer ichliebedich quiero mucho
tequiero tequieromucho muchisimo unbelievable much somuch life mylife christopher billabong harry potter linkin park
mickey mouse winnie pooh winniethepooh cheer cheerleader playstation xbox nintendo mario teddy bear teddybear mariposa
estrella dragonball tinkerbell skateboard highschool highschoolmusical musical backstreet backstreetboys boys girls
jonas brothers justin bieber justinbieber montana hannahmontana wayne chris brown direction onedirection paramore
pussycat minecraft roblox fortnite ronaldo cristiano messi leomessi akbar allahuakbar softball ilove ihate jasmine
brandon bubbles grandmother grandma beyonce myspace
"""
WORDS = frozenset(_TEXT.split())
