package io.deltasync.link;

/**
 * One end of a Link and its adapter. Safe for use by many threads.
 *
 * @param <T> what the adapter is
 * @param end the end
 * @param bean the adapter
 */
record ConfiguredAdapter<T>(LinkEnd end, ConfiguredBean<T> bean) {

}
