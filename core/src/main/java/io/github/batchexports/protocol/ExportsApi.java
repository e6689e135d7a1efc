package io.github.batchexports.protocol;

import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.Operation;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the operations of the Exports API are. */
public final class ExportsApi {

    /** The API's own server. */
    public static final String DEFAULT_BASE_URL = "https://api.batch.com";

    /** The version that the API's page shows; others are published from time to time. */
    public static final String DEFAULT_VERSION = "2.8";

    private static final Pattern VERSION = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,4}){0,2}");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

    private final String exports;

    /**
     * Takes a server and a version of its API.
     *
     * @param allowInsecureHttp whether plain {@code http} may leave this machine, and with it the key
     * @throws IllegalArgumentException when the base URL is not one of {@code https}, or the version is none
     */
    public ExportsApi(String baseUrl, String version, boolean allowInsecureHttp) {
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("apiVersion must be a version such as " + DEFAULT_VERSION);
        }
        this.exports = checked(baseUrl, allowInsecureHttp) + "/" + version + "/exports/";
    }

    private static String checked(String baseUrl, boolean allowInsecureHttp) {
        URI uri;
        try {
            uri = new URI(baseUrl);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("baseUrl is not a URL: write it as " + DEFAULT_BASE_URL, e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        if (host == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IllegalArgumentException(
                    "baseUrl must be https and name a host, as " + DEFAULT_BASE_URL + " does");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "baseUrl must have no user, query or fragment: write it as " + DEFAULT_BASE_URL);
        }
        if (scheme.equals("http") && !allowInsecureHttp && !isLoopback(host)) {
            throw new IllegalArgumentException("baseUrl is plain http, which shows the REST API key to the network: "
                    + "use https, or allowInsecureHttp() if the network is yours");
        }
        return baseUrl.replaceFirst("/+$", "");
    }

    /** Whether a host is this machine, so that what is sent to it stays here. */
    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    /**
     * {@code GET /exports/list}: one page of export requests.
     *
     * @param limit how many items the page may have, 1 to 100
     * @param from the cursor of the page, unchanged; null for the first
     */
    public ApiCall list(int limit, @Nullable String from) {
        String query = "list?limit=" + limit + (from == null ? "" : "&from=" + PercentEncoding.encode(from));
        return new ApiCall(CallContext.of(Operation.LIST, from), URI.create(exports + query));
    }

    /**
     * {@code GET /exports/view}: one export request.
     *
     * @throws IllegalArgumentException when the id is empty
     */
    public ApiCall view(String exportId) {
        return byId(Operation.VIEW, "view", "exportId", exportId);
    }

    /**
     * {@code GET /exports/download}: a link to a file's content, or the content itself.
     *
     * @throws IllegalArgumentException when the id is empty
     */
    public ApiCall download(String fileId) {
        return byId(Operation.DOWNLOAD, "download", "fileId", fileId);
    }

    private ApiCall byId(Operation operation, String route, String name, String id) {
        if (id.isBlank()) {
            throw new IllegalArgumentException(name + " is empty: take it from an export request of the list");
        }
        return new ApiCall(
                CallContext.of(operation, null), URI.create(exports + route + "?id=" + PercentEncoding.encode(id)));
    }
}
