package io.deltasync.link;

/**
 * One end of a Link and its adapter. Safe for use by many threads.
 *
 * @param <T> what the adapter is
 * @param end the end
 * @param bean the adapter
 * @param options the options that identify the data
 */
record ConfiguredAdapter<T>(Endpoint end, ConfiguredBean<T> bean, EndOptions options) {

}
