package io.github.batchexports.sandbox.internal;

/** One of the API's routes: what it answers to a call whose headers were right. */
public interface Route {

    public Response answer(Query query);
}
