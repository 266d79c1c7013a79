import { RECENT } from '../journal/contract.ts';
import { defineScript, type RedisScript } from './redis-script.ts';

/**
 * Appends entries, all or none: one whose key is there since less than a day is not written again; numbers have no gaps; arrivals never go back. All of its work happens at
 * once, and is in the append-only file as a whole.
 *
 * Keys: stream, state, seen, seenBefore. Arguments: which journal, the last sequence that the writer knows, the writer's mark, the time ("": that of Redis), and then three
 * per entry: key ("": none), a sequence that does not count ("": none), and the content. Returns the sequence per entry, negative where it was there already.
 *
 * What needs memory comes first: Redis refuses it only before anything else is written.
 */
export const APPEND: RedisScript = defineScript(`
local stream, state, seen, seenBefore = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local journal, known, mark, given = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
local day = ${RECENT}
local whole = function(number) return string.format('%.0f', number) end

local found = redis.call('HMGET', state, 'journal', 'sequence', 'arrivedAt', 'seenSince')
if found[1] ~= journal then return redis.error_reply('OTHERJOURNAL') end
local sequence, arrivedAt, seenSince = tonumber(found[2]), tonumber(found[3]), tonumber(found[4])
if sequence < known then return redis.error_reply('LOSTENTRIES ' .. whole(sequence)) end

local now
if given == '' then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
else
  now = tonumber(given)
end
if now > arrivedAt then arrivedAt = now end
local turns = arrivedAt - seenSince > day
if turns then seenSince = arrivedAt end
redis.call('HSET', state, 'arrivedAt', whole(arrivedAt), 'seenSince', whole(seenSince))
if turns then
  redis.call('UNLINK', seenBefore)
  if redis.call('EXISTS', seen) == 1 then redis.call('RENAME', seen, seenBefore) end
end

local function find(key)
  local there = redis.call('HGET', seen, key) or redis.call('HGET', seenBefore, key)
  if not there then return nil end
  local colon = string.find(there, ':', 1, true)
  if arrivedAt - tonumber(string.sub(there, colon + 1)) > day then return nil end
  return string.sub(there, 1, colon - 1)
end

local results = {}
for i = 5, #ARGV, 3 do
  local key, despite, content = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local there = key ~= '' and find(key)
  if there and there ~= despite then
    results[#results + 1] = -tonumber(there)
  else
    sequence = sequence + 1
    local at = whole(sequence)
    redis.call('XADD', stream, at .. '-0', 'e', content, 'a', whole(arrivedAt), 'b', mark .. ':' .. #results)
    if key ~= '' then redis.call('HSET', seen, key, at .. ':' .. whole(arrivedAt)) end
    results[#results + 1] = sequence
  end
end
redis.call('HSET', state, 'sequence', whole(sequence))
return results
`);

/** Forgets keys of entries that count for nothing. Keys: seen, seenBefore. Arguments: two per entry, key and sequence. */
export const RELEASE: RedisScript = defineScript(`
for i = 1, #ARGV, 2 do
  for _, seen in ipairs(KEYS) do
    local there = redis.call('HGET', seen, ARGV[i])
    if there and string.sub(there, 1, #ARGV[i + 1] + 1) == ARGV[i + 1] .. ':' then redis.call('HDEL', seen, ARGV[i]) end
  end
end
return 0
`);
