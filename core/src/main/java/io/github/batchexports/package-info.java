/**
 * The model of the Exports API: export requests, files and pages as immutable values, filters on them, and the options of
 * a client's operations. Members are named as in the <a href="https://doc.batch.com/developer/api/cep/exports/list">API's
 * documentation</a>.
 */
@NullMarked
package io.github.batchexports;

import org.jspecify.annotations.NullMarked;
