package io.github.batchexports.sandbox;

/** One of the API's routes: what it answers to a call whose headers were right. */
interface Route {

    Answer answer(Query query);
}
