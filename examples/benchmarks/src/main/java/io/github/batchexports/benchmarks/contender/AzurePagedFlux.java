package io.github.batchexports.benchmarks.contender;

import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.rest.PagedFlux;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.http.rest.PagedResponseBase;
import io.github.batchexports.benchmarks.json.Page;
import org.reactivestreams.Publisher;

/** Azure's {@code PagedFlux}, made as the clients of Azure's services make it. */
final class AzurePagedFlux implements Contender {

    private final DatabindPages pages;
    private final HttpRequest request;
    private final HttpHeaders headers = new HttpHeaders();

    AzurePagedFlux(Target target) {
        this.pages = new DatabindPages(target);
        this.request = new HttpRequest(HttpMethod.GET, target.page(null));
    }

    @Override
    public Publisher<?> list() {
        return new PagedFlux<>(() -> pages.page(null).map(this::response), from -> pages.page(from)
                .map(this::response));
    }

    private PagedResponse<Page.Export> response(Page page) {
        return new PagedResponseBase<Void, Page.Export>(
                request, 200, headers, page.exports(), page.hasMore() ? page.nextFrom() : null, null);
    }
}
