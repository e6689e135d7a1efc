package io.github.batchexports.protocol;

import io.github.batchexports.ExportDefinition;
import io.github.batchexports.ExportType;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.Operation;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Creates the calls of the Exports API: their URIs and bodies. Immutable. */
public final class ExportsApi {

    /** Base URL of Batch's server. */
    public static final String DEFAULT_BASE_URL = "https://api.batch.com";

    /**
     * Version that the <a href="https://doc.batch.com/developer/api/cep/exports/list">API's documentation</a> shows;
     * newer ones are published from time to time.
     */
    public static final String DEFAULT_VERSION = "2.8";

    private static final Pattern VERSION = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,4}){0,2}");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

    private static final int MAX_PORT = 65_535;
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final String root;
    private final String exports;
    private final boolean allowsLocalHttpLinks;

    /**
     * Creates the calls for a server and a version of its API.
     *
     * @param allowInsecureHttp whether plain {@code http}, which exposes the REST API key, is allowed to other machines
     * @throws IllegalArgumentException if the base URL or the version is null or malformed, or plain {@code http} is not
     *     allowed
     */
    public ExportsApi(String baseUrl, String version, boolean allowInsecureHttp) {
        checkVersion(version);
        URI uri = parse(baseUrl);
        this.allowsLocalHttpLinks = allowInsecureHttp || isLoopback(uri.getHost());
        if (!isHttps(uri) && !allowsLocalHttpLinks) {
            throw new IllegalArgumentException("baseUrl is plain http, which exposes the REST API key to the network: "
                    + "use https, or allowInsecureHttp() if the network is yours");
        }
        this.root = baseUrl.replaceFirst("/+$", "") + "/" + version;
        this.exports = root + "/exports/";
    }

    /**
     * Checks the form of a base URL: scheme, host and port. Does not refuse plain {@code http}.
     *
     * @throws IllegalArgumentException if it is null or malformed
     */
    public static void checkBaseUrl(String baseUrl) {
        parse(baseUrl);
    }

    /**
     * Checks the form of a version, such as {@code 2.8}.
     *
     * @throws IllegalArgumentException if it is null or malformed
     */
    public static void checkVersion(String version) {
        if (version == null) {
            throw new IllegalArgumentException("apiVersion is null: leave it out for " + DEFAULT_VERSION);
        }
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("apiVersion must be a version such as " + DEFAULT_VERSION);
        }
    }

    private static URI parse(String baseUrl) {
        if (baseUrl == null) {
            throw new IllegalArgumentException("baseUrl is null: leave it out for " + DEFAULT_BASE_URL);
        }
        URI uri;
        try {
            uri = new URI(baseUrl);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("baseUrl is not a URL: write it as " + DEFAULT_BASE_URL, e);
        }
        if (uri.getRawAuthority() == null || !(isHttps(uri) || "http".equalsIgnoreCase(uri.getScheme()))) {
            throw new IllegalArgumentException(
                    "baseUrl must be https and name a host, as " + DEFAULT_BASE_URL + " does");
        }
        if (uri.getRawAuthority().contains("@") || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "baseUrl must have no user, query or fragment: write it as " + DEFAULT_BASE_URL);
        }
        // URI has no host if the name or the port is malformed. TLS in Java refuses names with '_' as well.
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("baseUrl has a host name or a port that cannot be used: names have "
                    + "letters, digits, '-' and '.', and no '_', which TLS in Java refuses");
        }
        if (!isPortValid(uri)) {
            throw new IllegalArgumentException("baseUrl has the port " + uri.getPort() + ": ports are 1 to 65535");
        }
        return uri;
    }

    /** Returns whether a URI has no port, or one from 1 to 65535: {@code URI} accepts any number. */
    static boolean isPortValid(URI uri) {
        return uri.getPort() != 0 && uri.getPort() <= MAX_PORT;
    }

    private static boolean isHttps(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /**
     * Returns whether a link to a file may point to plain {@code http} on this machine: only if the API is on this
     * machine as well, or plain {@code http} is allowed. A remote server must not make the client read from local
     * services.
     */
    public boolean allowsLocalHttpLinks() {
        return allowsLocalHttpLinks;
    }

    /** Returns whether a host is this machine, so that nothing sent to it reaches the network. */
    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    /**
     * Returns the call {@code GET /exports/list} for one page of export requests.
     *
     * @param limit maximum number of items on the page, 1 to 100
     * @param from cursor of the page, unchanged; null for the first page
     */
    public ApiCall list(int limit, @Nullable String from) {
        String query = "list?limit=" + limit + (from == null ? "" : "&from=" + percentEncoded(from));
        return new ApiCall(CallContext.of(Operation.LIST, from), URI.create(exports + query));
    }

    /**
     * Returns the call {@code GET /exports/view} for one export request.
     *
     * @throws IllegalArgumentException if the id is null or empty
     */
    public ApiCall view(String exportId) {
        return byId(Operation.VIEW, "view", "exportId", exportId);
    }

    /**
     * Returns the call {@code GET /exports/view} for awaiting an export request.
     *
     * @throws IllegalArgumentException if the id is null or empty
     */
    public ApiCall await(String exportId) {
        return byId(Operation.AWAIT, "view", "exportId", exportId);
    }

    /**
     * Returns the call {@code GET /exports/download} for a link to a file's content, or for the content itself.
     *
     * @throws IllegalArgumentException if the id is null or empty
     */
    public ApiCall download(String fileId) {
        return byId(Operation.DOWNLOAD, "download", "fileId", fileId);
    }

    /**
     * Returns the call {@code POST /profiles/export}, which creates an export.
     *
     * @throws IllegalArgumentException if the definition is null, has no {@code export_type}, is of the type
     *     {@code ATTRIBUTES} and has neither {@code attributes} nor {@code identifiers}, or contains a value that JSON
     *     cannot express
     */
    public ApiCall create(ExportDefinition definition) {
        if (definition == null) {
            throw new IllegalArgumentException("definition is null");
        }
        if (definition.exportType() == null) {
            throw new IllegalArgumentException("definition has no export_type");
        }
        if (definition.exportType().equals(ExportType.ATTRIBUTES) && isEmpty(definition)) {
            throw new IllegalArgumentException(
                    "definition has neither attributes nor identifiers: an export of the type "
                            + "ATTRIBUTES needs at least one");
        }
        return new ApiCall(
                CallContext.of(Operation.CREATE, null), URI.create(root + "/profiles/export"), definition.toJson());
    }

    /** Members that could not be read are left to the server to judge. */
    private static boolean isEmpty(ExportDefinition definition) {
        return isEmpty(definition.attributes())
                && isEmpty(definition.identifiers())
                && !definition.otherMembers().containsKey("attributes")
                && !definition.otherMembers().containsKey("identifiers");
    }

    private static boolean isEmpty(@Nullable List<String> names) {
        return names == null || names.isEmpty();
    }

    private ApiCall byId(Operation operation, String route, String name, String id) {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException(
                    name + " is " + (id == null ? "null" : "empty") + ": take it from an export request of the list");
        }
        return new ApiCall(CallContext.ofId(operation, id), URI.create(exports + route + "?id=" + percentEncoded(id)));
    }

    /**
     * Encodes all but RFC 3986's unreserved characters, so that {@code +} and {@code %} reach the server unchanged. Not by
     * {@code URLEncoder}, which in some JDKs loses an unpaired surrogate at the end.
     */
    private static String percentEncoded(String value) {
        StringBuilder encoded = new StringBuilder(value.length() + 16);
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(octet)) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HEX[(octet >> 4) & 0xF]).append(HEX[octet & 0xF]);
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '-'
                || octet == '.'
                || octet == '_'
                || octet == '~';
    }
}
