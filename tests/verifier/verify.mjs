// Verifies credentials by libraries that are not ours. Reads {contexts, schema, cases} from standard input, where a case
// is {credential, documents, now} and documents are what the web would answer by address; writes one answer for each case.
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {verifyCredential} from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import Ajv from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import {readFileSync} from 'node:fs';

const MULTIKEY = 'https://w3id.org/security/multikey/v1';
const {contexts, schema, cases} = JSON.parse(readFileSync(0, 'utf8'));

// What the libraries take for the present: one of them asks the machine whatever it is told.
let present = Date.now();
globalThis.Date = class extends Date {
  constructor(...values) {
    super(...(values.length ? values : [present]));
  }
  static now() {
    return present;
  }
};

const loaderOf = documents => async address => {
  const known = {...contexts, ...documents};
  const [place, part] = address.split('#');
  let document = known[address] ?? (part ? known[place] : undefined);
  if(document === undefined) {
    throw new Error(`Nothing is at ${address}.`);
  }
  if(part && place.startsWith('did:')) {
    document = document.verificationMethod.find(method => method.id === address);
    if(!document) {
      throw new Error(`There is no key ${address}.`);
    }
    document = {'@context': MULTIKEY, ...document};
  }
  return {contextUrl: null, document, documentUrl: address};
};

const messages = error => error ? [error.message, ...(error.errors ?? []).flatMap(messages)] : [];

const checkSchema = credential => {
  const ajv = new Ajv({strict: false, allErrors: true});
  addFormats(ajv);
  return ajv.validate(schema, credential) ? [] : ajv.errors.map(error => `${error.instancePath} ${error.message}`);
};

const verify = async ({credential, documents, now}) => {
  const documentLoader = loaderOf(documents);
  const suite = new DataIntegrityProof({cryptosuite});
  present = Date.parse(now);
  const {verified, statusResult, error} = await verifyCredential(
    {credential, suite, documentLoader, checkStatus: status => checkStatus({...status, suite, documentLoader})});
  // The library calls a credential verified whose bit is set; the bit is in its results.
  const revoked = (statusResult?.results ?? []).some(result => result.status);
  return {
    accepted: verified && !revoked,
    revoked,
    reasons: [...messages(error), ...messages(statusResult?.error)],
    faults: schema ? checkSchema(credential) : null,
  };
};

const answers = [];
for(const each of cases) {
  answers.push(await verify(each));
}
process.stdout.write(JSON.stringify(answers));
