// How values are written for people.

const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const ABSOLUTE = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });
const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60]];
const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** `PROFILE_ATTRIBUTES` as `Profile attributes`: the API's sets are open, so there is no list of names. */
export function words(text) {
  const spaced = text.toLowerCase().replaceAll('_', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

export function relativeTime(date, now = Date.now()) {
  const seconds = Math.round((date - now) / 1000);
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) {
      return RELATIVE.format(Math.trunc(seconds / length), unit);
    }
  }
  return seconds > -10 ? 'just now' : RELATIVE.format(seconds - seconds % 10, 'second');
}

export function absoluteTime(date) {
  return ABSOLUTE.format(date);
}

export function duration(from, to) {
  const seconds = Math.max(0, Math.round((to - from) / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours} h ${minutes} min` : minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** Decimal units, as storages count. */
export function fileSize(bytes) {
  const power = Math.min(SIZES.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return new Intl.NumberFormat('en', {
    style: 'unit',
    unit: SIZES[power],
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}

export function number(value) {
  return value.toLocaleString('en');
}
