package io.deltasync.link;

/**
 * One end of a Link and its adapter. Thread-safe.
 *
 * @param <T> the type of the adapter
 * @param end the end
 * @param bean the adapter
 * @param options the options that identify the data
 */
record ConfiguredAdapter<T>(Endpoint end, ConfiguredBean<T> bean, EndOptions options) {

}
