-- One page of a poll: what was stored, or the right to fetch it, or how long to wait for whoever fetches it.
local PAGE, LEASE = KEYS[1], KEYS[2]
local op, token, leaseMillis = ARGV[1], ARGV[2], ARGV[3]

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

if op == 'get' then
  local maxAge = tonumber(ARGV[4])
  local at = redis.call('HGET', PAGE, 'at')
  -- A page from the future is one from before the clock was set back: its age is not known.
  if at and now - at < maxAge and now - at >= 0 then
    return {'page', redis.call('HGET', PAGE, 'body')}
  end
  if redis.call('SET', LEASE, token, 'NX', 'PX', leaseMillis) then
    return {'fetch', now}
  end
  return {'wait', redis.call('PTTL', LEASE)}
end

local mine = redis.call('GET', LEASE) == token
if op == 'renew' then
  if mine then redis.call('PEXPIRE', LEASE, leaseMillis) end
elseif op == 'put' then
  -- Whoever was too slow and lost its lease leaves a newer page alone.
  if mine then
    redis.call('HSET', PAGE, 'at', ARGV[4], 'body', ARGV[6])
    redis.call('PEXPIRE', PAGE, ARGV[5])
    redis.call('DEL', LEASE)
  end
elseif op == 'fail' then
  if mine then redis.call('DEL', LEASE) end
end
return {'done', mine and 1 or 0}
