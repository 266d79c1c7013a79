/** Scripts beside those of writing: a journal begins, loses what nobody needs, and has entries replaced. */
import { defineScript, type RedisScript } from './redis-script.ts';

/** Version of what lies in Redis; another one is refused. */
export const FORMAT = '1';

/**
 * Keys: state, stream, replicas, rewritten, lock. Arguments: a name for a journal that is not there yet, the replica, the time. Makes the journal where there is none, and the
 * replica known. Returns which journal it is, its last sequence and its format.
 */
export const BEGIN: RedisScript = defineScript(`
local state, stream, replicas, rewritten, lock = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
if redis.call('EXISTS', state) == 0 then
  if redis.call('EXISTS', stream) == 1 then return redis.error_reply('NOSTATE') end
  redis.call('HSET', state, 'journal', ARGV[1], 'sequence', '0', 'arrivedAt', '0', 'seenSince', '0', 'format', '${FORMAT}')
end
redis.call('HSETNX', replicas, ARGV[2], '0:' .. ARGV[3])
if redis.call('EXISTS', lock) == 0 then redis.call('UNLINK', rewritten) end
return redis.call('HMGET', state, 'journal', 'sequence', 'format')
`);

/**
 * Keys: stream, replicas, lock. Arguments: the replica, up to which entry it needs none, the time, up to which entry none is old enough to go. Removes what no replica needs,
 * but never the entry itself up to which: by it a replica knows its journal again. Returns up to which entry all may go, how many went, and who needs the most with since when
 * it was not heard.
 */
export const TRIM: RedisScript = defineScript(`
local stream, replicas, lock = KEYS[1], KEYS[2], KEYS[3]
redis.call('HSET', replicas, ARGV[1], ARGV[2] .. ':' .. ARGV[3])
local oldest, who, heard
local all = redis.call('HGETALL', replicas)
for i = 1, #all, 2 do
  local colon = string.find(all[i + 1], ':', 1, true)
  local sequence = tonumber(string.sub(all[i + 1], 1, colon - 1))
  if not oldest or sequence < oldest then oldest, who, heard = sequence, all[i], string.sub(all[i + 1], colon + 1) end
end
local upTo = math.min(oldest, tonumber(ARGV[4]))
local gone = 0
if upTo > 1 and redis.call('EXISTS', lock) == 0 then
  gone = redis.call('XTRIM', stream, 'MINID', string.format('%.0f', upTo) .. '-0')
end
return { upTo, gone, who, heard }
`);

/** Keys: lock, rewritten. Arguments: who has the lock, for how many milliseconds more, and four per entry: sequence, content, arrival, mark. */
export const COPY: RedisScript = defineScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return redis.error_reply('OTHERLOCK') end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
for i = 3, #ARGV, 4 do
  redis.call('XADD', KEYS[2], ARGV[i] .. '-0', 'e', ARGV[i + 1], 'a', ARGV[i + 2], 'b', ARGV[i + 3])
end
return 0
`);

/**
 * Keys: lock, rewritten, stream. Arguments: who has the lock, the last sequence that was copied, how many entries more may be copied here. Puts the copy in the place of the
 * stream, with what came since. Returns 1, or 0 where more than so many came.
 */
export const REPLACE: RedisScript = defineScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return redis.error_reply('OTHERLOCK') end
local limit = tonumber(ARGV[3])
local came = redis.call('XRANGE', KEYS[3], '(' .. ARGV[2] .. '-0', '+', 'COUNT', limit + 1)
if #came > limit then return 0 end
for _, entry in ipairs(came) do redis.call('XADD', KEYS[2], entry[1], unpack(entry[2])) end
redis.call('RENAME', KEYS[2], KEYS[3])
redis.call('DEL', KEYS[1])
return 1
`);

/** Keys: lock. Arguments: who has it. */
export const UNLOCK: RedisScript = defineScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 0
`);
