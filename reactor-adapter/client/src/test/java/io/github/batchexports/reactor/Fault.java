package io.github.batchexports.reactor;

import io.github.batchexports.error.AuthenticationException;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.InvalidRequestException;
import io.github.batchexports.error.MalformedResponseException;
import io.github.batchexports.error.NotFoundException;
import io.github.batchexports.error.PagingException;
import io.github.batchexports.error.PermissionException;
import io.github.batchexports.error.RateLimitedException;
import io.github.batchexports.error.ServerException;
import io.github.batchexports.error.TransportException;
import io.github.batchexports.reactor.RawServer.After;
import io.github.batchexports.reactor.RawServer.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A way for one response to go wrong, and the failure that is expected of it. */
record Fault(String name, Reply reply, Class<? extends BatchExportsException> kind, boolean retried) {

    private static final String EXPORT = "{\"id\":\"bad\",\"status\":\"SUCCESS\"}";

    /** All faults of statuses, connections, bodies and paging. */
    static List<Fault> all() {
        List<Fault> faults = new ArrayList<>();
        statuses(faults);
        connections(faults);
        bodies(faults);
        paging(faults);
        return faults;
    }

    private static void statuses(List<Fault> faults) {
        for (int status : new int[] {408, 500, 502, 503, 504}) {
            faults.add(status(status, "", ServerException.class, true));
        }
        for (int status : new int[] {201, 204, 300, 304, 501, 505, 599}) {
            faults.add(status(status, "", ServerException.class, false));
        }
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            faults.add(status(status, "Location: http://127.0.0.1:1/\r\n", ServerException.class, false));
        }
        for (int status : new int[] {400, 405, 409, 410, 413, 418, 422}) {
            faults.add(status(status, "", InvalidRequestException.class, false));
        }
        faults.add(status(401, "", AuthenticationException.class, false));
        faults.add(status(403, "", PermissionException.class, false));
        faults.add(status(404, "", NotFoundException.class, false));
        for (String header : new String[] {
            "",
            "Retry-After: 0\r\n",
            "Retry-After: -7\r\n",
            "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n",
            "X-RateLimit-Reset: 1\r\n",
            "Retry-After: soon\r\nX-RateLimit-Reset: never\r\n"
        }) {
            faults.add(status(429, header, RateLimitedException.class, true));
        }
        faults.add(status(503, "Retry-After: 0\r\n", ServerException.class, true));
        faults.add(new Fault(
                "502 with a proxy's page",
                Reply.text("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 13", "<html></html>", After.KEEP),
                ServerException.class,
                true));
        faults.add(new Fault(
                "500 whose body breaks off",
                Reply.text("HTTP/1.1 500 Oh\r\nContent-Length: 500", "{\"error_code\":\"X", After.CLOSE),
                ServerException.class,
                true));
    }

    private static void connections(List<Fault> faults) {
        Class<? extends BatchExportsException> kind = TransportException.class;
        String page = ok(page(EXPORT));
        faults.add(cut("closed before a byte", "", After.CLOSE, kind));
        faults.add(cut("reset before a byte", "", After.RESET, kind));
        faults.add(cut("closed in the status line", "HTTP/1.1 20", After.CLOSE, kind));
        faults.add(cut("closed in the headers", "HTTP/1.1 200 OK\r\nContent-Le", After.CLOSE, kind));
        faults.add(cut("closed after the headers", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n", After.CLOSE, kind));
        faults.add(cut("closed in the body", page.substring(0, page.length() - 5), After.CLOSE, kind));
        faults.add(cut("reset in the body", page.substring(0, page.length() - 5), After.RESET, kind));
        faults.add(cut("closed in a chunk", chunked("50\r\n{\"exports\":["), After.CLOSE, kind));
        faults.add(cut("closed between chunks", chunked("1\r\n{\r\n"), After.CLOSE, kind));
        faults.add(cut("silent", "", After.STALL, kind));
        faults.add(cut("silent in the headers", "HTTP/1.1 200 OK\r\n", After.STALL, kind));
        faults.add(cut("silent in the body", page.substring(0, page.length() - 5), After.STALL, kind));
        faults.add(cut("dripping for ever", "HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n{", After.DRIP, kind));
        faults.add(cut("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", After.CLOSE, kind));
        faults.add(cut("a length that is none", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", After.CLOSE, kind));
        faults.add(cut("a broken chunk size", chunked("zz\r\n{}\r\n0\r\n\r\n"), After.CLOSE, kind));
        String endless = "HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000) + "\r\n\r\n";
        faults.add(cut("headers without end", endless, After.CLOSE, kind));
    }

    private static void bodies(List<Fault> faults) {
        for (String[] fault : new String[][] {
            {"an empty body", ""},
            {"an HTML page", "<html><body>hello</body></html>"},
            {"a truncated document", "{\"exports\":[" + EXPORT},
            {"a second document", page(EXPORT) + page(EXPORT)},
            {"an array", "[]"},
            {"exports of a wrong type", "{\"exports\":{}}"},
            {"an export of a wrong type", page("5")},
            {"an export without an id", page("{\"status\":\"SUCCESS\"}")},
            {"an export without a status", page("{\"id\":\"x\"}")},
            {"exports that are null", "{\"exports\":null,\"has_more\":false}"},
            {"an id that is no string", page("{\"id\":7,\"status\":\"ERROR\"}")},
            {"has_more of a wrong type", "{\"exports\":[],\"has_more\":\"no\"}"},
            {"nesting without end", page("{\"id\":\"x\",\"status\":\"ERROR\",\"y\":" + "[".repeat(100_000))},
            {"a page over the limit", page(EXPORT) + " ".repeat(300_000)}
        }) {
            faults.add(new Fault(fault[0], bytes(ok(fault[1]), After.KEEP), MalformedResponseException.class, false));
        }
        faults.add(gzip("broken compression", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
        byte[] whole = gzipped(page(EXPORT));
        faults.add(gzip("truncated compression", java.util.Arrays.copyOf(whole, whole.length / 2)));
        faults.add(new Fault(
                "bytes that are no UTF-8",
                withBody("HTTP/1.1 200 OK", new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}),
                MalformedResponseException.class,
                false));
    }

    private static void paging(List<Fault> faults) {
        String more = ",\"has_more\":true";
        for (String[] fault : new String[][] {
            {"more without a cursor", "{\"exports\":[" + EXPORT + "]" + more + "}"},
            {"more with a null cursor", "{\"exports\":[" + EXPORT + "]" + more + ",\"next_from\":null}"},
            {"more with an empty cursor", "{\"exports\":[" + EXPORT + "]" + more + ",\"next_from\":\"\"}"}
        }) {
            faults.add(new Fault(fault[0], bytes(ok(fault[1]), After.KEEP), PagingException.class, false));
        }
    }

    private static Fault status(
            int status, String headers, Class<? extends BatchExportsException> kind, boolean retried) {
        String body = status == 204 || status == 304 ? "" : "{\"error_code\":\"CODE\",\"error_message\":\"words\"}";
        return new Fault(
                status + (headers.isEmpty() ? "" : " " + headers.strip()),
                Reply.text(
                        "HTTP/1.1 " + status + " Words\r\n" + headers + "Content-Length: " + body.length(),
                        body,
                        After.KEEP),
                kind,
                retried);
    }

    private static Fault cut(String name, String start, After after, Class<? extends BatchExportsException> kind) {
        return new Fault(name, bytes(start, after), kind, true);
    }

    private static Fault gzip(String name, byte[] body) {
        return new Fault(
                name,
                withBody("HTTP/1.1 200 OK\r\nContent-Encoding: gzip", body),
                MalformedResponseException.class,
                false);
    }

    static byte[] gzipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Reply withBody(String head, byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((head + "\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        return new Reply(bytes.toByteArray(), After.KEEP);
    }

    static Reply bytes(String text, After after) {
        return new Reply(text.getBytes(StandardCharsets.UTF_8), after);
    }

    private static String chunked(String chunks) {
        return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks;
    }

    private static String page(String exports) {
        return ExportsServer.page(exports, null);
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    @Override
    public String toString() {
        return name;
    }
}
