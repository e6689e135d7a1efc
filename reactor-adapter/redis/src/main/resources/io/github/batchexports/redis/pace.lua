-- One project's slots, shared by all instances. Redis runs a script as one step, so nobody sees half of it.
-- Times are microseconds of Redis' clock and stay here; what callers send and get are durations.
local SLOTS, STATE, SEEN = KEYS[1], KEYS[2], KEYS[3]
local op, me = ARGV[1], ARGV[2]
local interval, early = tonumber(ARGV[3]), tonumber(ARGV[4])
local ownHold = tonumber(ARGV[5])   -- what is left of the caller's hold; 0: none
local ownCall = tonumber(ARGV[6])   -- since the caller's last call left; -1: none to tell of
local silence = tonumber(ARGV[7])   -- since the caller's last answer from here; -1: none within a minute
local lost = ARGV[8] == '1'         -- the caller's last request had no answer: calls may have been made without Redis
local slow = ARGV[9] == '1'         -- the call may take long to leave (it has to connect): the next waits for `sent`
local unused = ARGV[10] == '1'      -- the slot granted last was not used
local deadline = tonumber(ARGV[11]) -- this clock, as the caller knows it, when it waits no longer; -1: it never asked

local MEMBER_LIFE, OPEN_LIFE = 60000000, 10000000

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
-- A Redis that hung reads what was sent meanwhile: nobody waits for the answer, and all of it will be told again.
local late = deadline >= 0 and now > deadline
if late then
  ownHold, ownCall, silence, lost, unused = 0, -1, -1, false, false
  if op == 'acquire' then op = 'late' end
end

local function number(text) return text and tonumber(text) or nil end
local function text(value) return string.format('%.0f', value) end

local saved = redis.call('HMGET', STATE, 'last', 'before', 'owner', 'open', 'hold', 'heldAt', 'back')
local last, before, owner, open = number(saved[1]), number(saved[2]), saved[3], number(saved[4])
local hold, heldAt, back = number(saved[5]), number(saved[6]), number(saved[7])

-- A clock that was set back would make everything here lie far ahead.
if last and last > now + early then last = now end
if open and open > now + OPEN_LIFE then open = nil end
if hold and heldAt > now then hold, heldAt = now + (hold - heldAt), now end
if back and back > now then back = nil end
if open and open <= now then open = nil end
if hold and hold <= now then hold, heldAt = nil, nil end

if owner == me and op ~= 'hold' and op ~= 'late' then
  open = nil
  if unused then last = before end
end

-- What was lost with Redis' memory, or happened while it was away: the caller's own knowledge, else one interval's wait.
-- The first to come back waits for all, since everybody asks here right before a call.
if lost or (not last and silence >= 0) then
  if not back or now - back > silence then
    last, back = now, now
  end
end
if ownCall >= 0 then last = math.max(last or 0, now - ownCall) end
if ownHold > 0 and now + ownHold > (hold or 0) then hold, heldAt = now + ownHold, now end

if op == 'leave' or op == 'quit' then redis.call('ZREM', SLOTS, me) end

local earliest = math.max(now, (last or 0) + interval, hold or 0)
local slots = redis.call('ZRANGE', SLOTS, 0, -1, 'WITHSCORES')
local furthest = earliest + (#slots / 2 + redis.call('ZCARD', SEEN) + 1) * interval

-- All keep their order, an interval apart. A slot that nobody asked for in its time is gone.
local queue, mine = {}, nil
local free = math.max((last or 0) + interval, hold or 0)
for i = 1, #slots, 2 do
  local who, slot = slots[i], tonumber(slots[i + 1])
  local planned = slot
  if slot > furthest then slot = free end
  if slot < free then slot = free end
  if who ~= me and not open and slot + interval < now then
    redis.call('ZREM', SLOTS, who)
  else
    if slot ~= planned then redis.call('ZADD', SLOTS, text(slot), who) end
    free = slot + interval
    queue[#queue + 1] = slot
    if who == me then mine = slot end
  end
end

local granted, wait = 0, 0
if op == 'acquire' then
  if not mine then
    -- The first gap. One that is a little narrow will do: those behind it move, where else a whole slot would be lost.
    mine = earliest
    for _, slot in ipairs(queue) do
      if slot - mine >= interval * 0.75 then break end
      if slot + interval > mine then mine = slot + interval end
    end
  end
  local due = math.max(mine, now)
  if open and owner ~= me then due = math.max(due, now + interval) end
  if due <= now + early then
    granted = 1
    before, last, owner = last, due, me
    open = slow and now + OPEN_LIFE or nil
    redis.call('ZREMRANGEBYSCORE', SLOTS, '-inf', text(mine))
  else
    redis.call('ZADD', SLOTS, text(mine), me)
  end
  wait = due - now
end

if op == 'quit' then
  redis.call('ZREM', SEEN, me)
else
  redis.call('ZADD', SEEN, text(now), me)
end
redis.call('ZREMRANGEBYSCORE', SEEN, '-inf', text(now - MEMBER_LIFE))
local members = redis.call('ZRANGE', SEEN, 0, -1)
local rank = 0
for _, who in ipairs(members) do
  if who < me then rank = rank + 1 end
end

redis.call('DEL', STATE)
local function save(name, value)
  if value then redis.call('HSET', STATE, name, type(value) == 'number' and text(value) or value) end
end
save('last', last)
save('before', before)
save('owner', owner)
save('open', open)
save('hold', hold)
save('heldAt', heldAt)
save('back', back)
local life = MEMBER_LIFE + math.max(0, (hold or now) - now, furthest - now)
for _, key in ipairs(KEYS) do
  redis.call('PEXPIRE', key, text(math.ceil(life / 1000)))
end
return {late and -1 or granted, math.ceil(wait), #members, rank, now, math.ceil(math.max(0, (hold or now) - now))}
