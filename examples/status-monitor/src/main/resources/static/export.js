// An export as the page shows it: a member that is not of the type that the API documents counts as not sent.

export function read({ id, status, scope, request_date, start_date, completion_date, files, request }) {
  return {
    id,
    status,
    scope: string(scope),
    type: string(request?.export_type),
    segment: string(request?.filter?.segment),
    requested: date(request_date),
    started: date(start_date),
    completed: date(completion_date),
    files: Array.isArray(files) ? files.map(readFile) : null,
  };
}

function readFile(file) {
  return { id: string(file?.id), part: finite(file?.part), size: finite(file?.size) };
}

function string(value) {
  return typeof value === 'string' ? value : null;
}

function finite(value) {
  return Number.isFinite(value) ? value : null;
}

function date(value) {
  return typeof value === 'string' ? finite(Date.parse(value)) : null;
}
