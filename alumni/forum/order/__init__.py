"""Order in the forum: its places, who keeps them, what moderators do, what newcomers may."""
