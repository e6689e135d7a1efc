package io.github.batchexports.benchmarks.contender;

/** Who is set beside each other. */
public enum Contenders {
    /** This library. */
    OURS("ours"),
    /** Spring's WebClient with {@code expand} and {@code flatMapIterable}. */
    WEBCLIENT("WebClient recipe"),
    /** The paging of Azure's SDK. */
    AZURE("Azure PagedFlux"),
    /** The paging of AWS's SDK until it was deprecated. */
    AWS_ITEMS("AWS PaginatedItemsPublisher"),
    /** The paging of AWS's SDK as it is now. */
    AWS_PAGES("AWS pages, flatMapIterable"),
    /** Nothing but the bytes. */
    FLOOR("transport floor");

    private final String title;

    Contenders(String title) {
        this.title = title;
    }

    /** A client for a server. */
    public Contender open(Target target) {
        return switch (this) {
            case OURS -> new Ours(target);
            case WEBCLIENT -> new WebClientRecipe(target);
            case AZURE -> new AzurePagedFlux(target);
            case AWS_ITEMS -> new AwsPaginatedItems(target);
            case AWS_PAGES -> new AwsFlattenedPages(target);
            case FLOOR -> new TransportFloor(target);
        };
    }

    /** What tables call it. */
    public String title() {
        return title;
    }
}
