// SPDX-License-Identifier: MIT
// Generated responses of the Messages API, read by us and by the vendor's SDK: every block type,
// split anywhere, every line ending, gzip, br and zstd, cut anywhere, errors in mid-stream, half
// surrogate pairs and bytes that are not UTF-8. Differences are failures.
//
//   node compare.mjs --sdk FOLDER --reader READMESSAGES [--cases N] [--seed N]
import { spawnSync } from 'node:child_process';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import zlib from 'node:zlib';

const { values: options } = parseArgs({
  options: {
    sdk: { type: 'string' },
    reader: { type: 'string' },
    cases: { type: 'string', default: '2400' },
    seed: { type: 'string', default: '1' },
  },
});
const sdkFile = (path) =>
  pathToFileURL(join(options.sdk, 'node_modules/@anthropic-ai/sdk', path)).href;
const { default: Anthropic } = await import(sdkFile('index.mjs'));
const { partialParse } = await import(sdkFile('_vendor/partial-json-parser/parser.mjs'));

// ---- What is random, from a seed --------------------------------------------------------------
let state = 1;
function seed(value) { state = (Math.imul(value, 0x9e3779b1) ^ 0x85ebca6b) >>> 0; }
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];
const chance = (p) => random() < p;

const kWords = ['the', 'tool', 'message_stop', '"quoted"', 'back\\slash', 'line\nend', '\t', 'Zürich',
  '日本語', '中文', '😀', '👩‍👩‍👧', '\u2028', '\u0000', '{"a":1}', '[', '</x>', '\u202e', '\ufeff',
  'data: {}', 'event: error', '', '%', '\u007f'];
function words() {
  let text = '';
  for (let i = below(12); i > 0; --i) text += pick(kWords) + (chance(0.7) ? ' ' : '');
  if (chance(0.08)) text += pick(['\ud83d', '\ude00', 'a\udfff', '\ud800\ud800']);
  return text;
}
function value(depth = 0) {
  switch (below(depth > 3 ? 5 : 7)) {
    case 0: return words();
    case 1: return below(100000) - 500;
    case 2: return pick([0.5, -1.25e-7, 1e21, 3.14159, 1e300]);
    case 3: return chance(0.5);
    case 4: return null;
    case 5: return Array.from({ length: below(4) }, () => value(depth + 1));
    default: return object(depth + 1);
  }
}
function object(depth = 0) {
  const out = {};
  for (let i = below(4); i > 0; --i) out[pick(['path', 'query', 'n', 'ä', 'a b', words()])] = value(depth);
  delete out['__proto__'];
  return out;
}

// ---- JSON as others write it ------------------------------------------------------------------
const blank = () => (chance(0.15) ? pick([' ', '  ', '\t']) : '');
function text(string) {
  let out = JSON.stringify(string);
  if (chance(0.3)) out = out.replace(/[\u007f-\uffff]/g, (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
  return out;
}
function json(any) {
  if (typeof any === 'string') return text(any);
  if (Array.isArray(any)) return '[' + any.map((v) => blank() + json(v) + blank()).join(',') + ']';
  if (any && typeof any === 'object') {
    const keys = Object.keys(any);
    if (chance(0.2)) keys.reverse();
    return '{' + keys.map((k) => blank() + text(k) + blank() + ':' + blank() + json(any[k]) + blank()).join(',') + '}';
  }
  return JSON.stringify(any);
}

// ---- Messages ---------------------------------------------------------------------------------
function pieces(string) {
  const out = [];
  for (let at = 0; at < string.length;) {
    const size = 1 + below(7);
    out.push(string.slice(at, at + size));
    at += size;
  }
  return chance(0.3) ? ['', ...out] : out;
}
const tool = (type) => ({
  start: { type, id: 'toolu_' + below(1e6), name: pick(['Bash', 'web_search', 'Read']), input: {} },
  deltas: pieces(json(object())).map((p) => ({ type: 'input_json_delta', partial_json: p })),
});
const kBlocks = [
  () => ({ start: { type: 'text', text: '' }, deltas: pieces(words()).map((t) => ({ type: 'text_delta', text: t })) }),
  () => ({
    start: { type: 'text', text: chance(0.3) ? words() : '', citations: pick([null, [], [{ cited_text: words() }]]) },
    deltas: [...pieces(words()).map((t) => ({ type: 'text_delta', text: t })),
      ...Array.from({ length: 1 + below(3) }, () => ({ type: 'citations_delta', citation: { type: 'char_location', cited_text: words(), start_char_index: below(9) } }))],
  }),
  () => ({
    start: { type: 'thinking', thinking: '', signature: '' },
    deltas: [...pieces(words()).map((t) => ({ type: 'thinking_delta', thinking: t })),
      { type: 'signature_delta', signature: 'EqQB' + below(1e9) }],
  }),
  () => ({ start: { type: 'redacted_thinking', data: 'Em' + below(1e9) }, deltas: [] }),
  () => tool('tool_use'),
  () => tool('tool_use'),
  () => tool('server_tool_use'),
  () => tool('mcp_tool_use'),
  () => ({ start: { type: 'tool_use', id: 't', name: 'NoInput', input: {} }, deltas: [] }),
  () => ({ start: { type: 'web_search_tool_result', tool_use_id: 'srv', content: [{ type: 'web_search_result', url: words(), title: words(), encrypted_content: 'x' }] }, deltas: [] }),
  () => ({ start: { type: 'web_search_tool_result', tool_use_id: 'srv', content: { type: 'web_search_tool_result_error', error_code: 'max_uses_exceeded' } }, deltas: [] }),
  () => ({ start: { type: 'code_execution_tool_result', tool_use_id: 'srv', content: { stdout: words(), content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } }] } }, deltas: [] }),
  () => ({ start: { type: 'mcp_tool_result', tool_use_id: 'm', is_error: chance(0.5), content: [{ type: 'text', text: words() }] }, deltas: [] }),
  () => ({ start: { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } }, deltas: [] }),
  () => ({ start: { type: 'container_upload', file_id: 'file_' + below(99) }, deltas: [] }),
  () => ({ start: { type: 'compaction', content: null }, deltas: [{ type: 'compaction_delta', content: words() }] }),
  () => ({ start: { type: 'fallback', to: { model: 'claude-other' } }, deltas: [] }),
];
function usage() {
  const out = { input_tokens: below(90000), output_tokens: below(9) };
  if (chance(0.6)) out.cache_read_input_tokens = pick([0, null, below(200000)]);
  if (chance(0.6)) out.cache_creation_input_tokens = pick([0, null, below(9000)]);
  if (chance(0.2)) out.server_tool_use = { web_search_requests: below(4) };
  if (chance(0.3)) out.service_tier = 'standard';
  return out;
}
function message(content) {
  return { id: 'msg_' + below(1e9), type: 'message', role: 'assistant', model: 'claude-' + below(9), content,
    stop_reason: null, stop_sequence: null, ...(chance(0.3) ? { container: null } : {}), usage: usage() };
}
function deltaUsage() {
  const out = { output_tokens: below(70000) };
  if (chance(0.4)) out.input_tokens = pick([null, below(90000)]);
  if (chance(0.3)) out.cache_read_input_tokens = pick([null, below(90000)]);
  if (chance(0.3)) out.cache_creation_input_tokens = pick([null, below(90000)]);
  if (chance(0.2)) out.server_tool_use = { web_search_requests: below(4) };
  if (chance(0.1)) out.output_tokens_details = { thinking_tokens: below(99) };
  return out;
}
function eventsOf() {
  const list = [{ type: 'message_start', message: message([]) }];
  const count = below(5);
  for (let index = 0; index < count; ++index) {
    const { start, deltas } = pick(kBlocks)();
    list.push({ type: 'content_block_start', index, content_block: start });
    for (const delta of deltas) {
      list.push({ type: 'content_block_delta', index, delta });
      if (chance(0.02)) list.push({ type: 'ping' });
    }
    list.push({ type: 'content_block_stop', index });
  }
  const delta = { stop_reason: pick(['end_turn', 'tool_use', 'max_tokens', 'stop_sequence', 'refusal']), stop_sequence: pick([null, words()]) };
  if (chance(0.1)) delta.container = { id: 'c', expires_at: 'then' };
  if (chance(0.1)) delta.stop_details = { category: words() };
  const end = { type: 'message_delta', delta, usage: deltaUsage() };
  if (chance(0.1)) end.context_management = { applied_edits: [] };
  list.push(end, { type: 'message_stop' });
  return list;
}

// ---- Streams ----------------------------------------------------------------------------------
function lines(event, end) {
  let out = '';
  if (chance(0.05)) out += ':' + pick(['', ' keep-alive', ' {"type":"error"}']) + end();
  if (chance(0.03)) out += 'id: ' + below(99) + end();
  const name = 'event:' + pick([' ', '']) + event.type + end();
  const data = 'data:' + pick([' ', '']) + json(event) + end();
  return out + (chance(0.1) ? data + name : name + data) + end();
}
function errorEvent(end) {
  const data = pick(['{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
    '{"type":"error","error":{"type":"api_error","message":""}}', '{"error":{}}', 'oops', '"oops"', '{', '{}']);
  return 'event: error' + end() + 'data: ' + data + end() + end();
}
function spoiled(bytes) {
  // Into a string of the JSON: right after a letter that stands between letters.
  const at = bytes.indexOf('the ');
  if (at < 0) return bytes;
  const bad = pick([[0xff], [0xf0, 0x9f], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xe2, 0x82], [0x80, 0x80], [0xf4, 0x90, 0x80, 0x80]]);
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(bad), bytes.subarray(at)]);
}
function plainStream() {
  const ending = pick([() => '\n', () => '\r\n', () => '\r', () => pick(['\n', '\r\n'])]);
  const list = eventsOf();
  const errorAt = chance(0.12) ? 1 + below(list.length) : -1;
  let out = chance(0.05) ? '\ufeff' : '';
  list.forEach((event, i) => {
    if (i === errorAt) out += errorEvent(ending);
    out += lines(event, ending);
  });
  return out;
}

function makeCase(number) {
  seed(Number(options.seed) * 1000003 + number);
  const stream = chance(0.8);
  let plain = Buffer.from(stream ? plainStream()
    : json({ ...message([...Array(below(4))].map(() => pick(kBlocks)().start)), stop_reason: 'end_turn' }));
  if (chance(0.1)) plain = spoiled(plain);
  const coding = pick(['', '', 'gzip', 'br', 'deflate', 'zstd']);
  const isCut = chance(0.35);
  if (coding === '' || coding === 'zstd') {
    if (isCut) plain = plain.subarray(0, below(plain.length + 1));
    return { seed: number, stream, coding, bytes: plain, plain };
  }
  const encode = { gzip: zlib.gzipSync, br: zlib.brotliCompressSync, deflate: zlib.deflateSync }[coding];
  let bytes = encode(plain);
  if (isCut) {
    bytes = bytes.subarray(0, below(bytes.length + 1));
    const flush = coding === 'br' ? zlib.constants.BROTLI_OPERATION_FLUSH : zlib.constants.Z_SYNC_FLUSH;
    const decode = { gzip: zlib.gunzipSync, br: zlib.brotliDecompressSync, deflate: zlib.inflateSync }[coding];
    plain = bytes.length === 0 ? Buffer.alloc(0) : decode(bytes, { finishFlush: flush });
  }
  return { seed: number, stream, coding, bytes, plain };
}

// ---- What the SDK reads -----------------------------------------------------------------------
/// As JSON, undefined members gone; the input of a tool that cannot be read yet is empty.
function settled(message) {
  if (!message) return {};
  const content = message.content.map((block) => {
    const copy = { ...Object.fromEntries(Object.keys(block).filter((k) => k !== 'input').map((k) => [k, block[k]])) };
    if ('input' in block) try { copy.input = block.input; } catch { copy.input = {}; }
    return copy;
  });
  return JSON.parse(JSON.stringify({ ...message, content }));
}
async function readStream(plain) {
  const body = new ReadableStream({
    start(controller) {
      for (let at = 0; at < plain.length;) {
        const size = 1 + below(61);
        controller.enqueue(new Uint8Array(plain.subarray(at, at + size)));
        at += size;
      }
      controller.close();
    },
  });
  const fetch = async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  const client = new Anthropic({ apiKey: 'none', baseURL: 'http://127.0.0.1:9', fetch, maxRetries: 0, logLevel: 'off' });
  const stream = client.beta.messages.stream({ model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'x' }] });
  let last;
  stream.on('streamEvent', (event, snapshot) => { last = snapshot; });
  stream.on('error', () => {});
  try {
    const final = await stream.finalMessage();
    delete final.parsed_output;
    return { message: settled(final), whole: true, failed: false };
  } catch (error) {
    return { message: settled(last), whole: false, failed: error instanceof Anthropic.APIError && error.status === undefined && error.error !== undefined };
  }
}
function readJson(plain) {
  const body = new TextDecoder().decode(plain);
  let whole = true;
  let message;
  try { message = JSON.parse(body); } catch {
    whole = false;
    try { message = partialParse(body); } catch { message = {}; }
  }
  return { message: message?.type === 'message' ? JSON.parse(JSON.stringify(message)) : {}, whole, failed: false };
}
const kCounts = ['input_tokens', 'output_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens'];
function countsOf(message) {
  const entries = kCounts.map((k) => [k, message.usage?.[k]]).filter(([, v]) => typeof v === 'number');
  return Object.fromEntries(entries);
}

// ---- Both, side by side -----------------------------------------------------------------------
const count = Number(options.cases);
const cases = Array.from({ length: count }, (_, i) => makeCase(i + 1));
const input = cases.map((c) => JSON.stringify({ ...c, plain: undefined, bytes: c.bytes.toString('base64') })).join('\n') + '\n';
const run = spawnSync(options.reader, { input, maxBuffer: 1 << 30 });
if (run.status !== 0) throw new Error(`${options.reader} ended with ${run.status ?? run.signal}: ${run.stderr}`);
const read = run.stdout.toString('utf8').trimEnd().split('\n').map((line) => JSON.parse(line));

let passed = 0;
let failed = 0;
for (let i = 0; i < count; ++i) {
  const one = cases[i];
  seed(i + 77);
  const sdk = one.stream ? await readStream(one.plain) : readJson(one.plain);
  const ours = read[i];
  const problems = [];
  if (!isDeepStrictEqual(ours.message, sdk.message)) problems.push('message');
  if (ours.whole !== sdk.whole && !(one.stream && sdk.failed)) problems.push('whole');
  if (ours.failed !== sdk.failed) problems.push('failed');
  if (one.stream || sdk.whole) {
    if (!isDeepStrictEqual(ours.usage, countsOf(sdk.message))) problems.push('usage');
    if (one.stream && ours.reader_failed !== sdk.failed) problems.push('error event');
    if (one.stream && ours.reader_end !== (sdk.whole || sdk.failed)) problems.push('end');
  }
  if (problems.length === 0) { ++passed; continue; }
  if (++failed > 5) continue;
  console.log(`case ${i + 1} (${one.stream ? 'stream' : 'JSON'} ${one.coding}): ${problems.join(', ')}`);
  console.log('  SDK:  ' + JSON.stringify(sdk));
  console.log('  ours: ' + JSON.stringify(ours));
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
