package io.deltasync.link;

/**
 * Where a Link's records come from or go to. Immutable.
 *
 * @param adapterBean the name of the adapter's bean, such as {@code jdbcSource} for
 * {@code adapter: jdbc}; without the prefix of DeltaSync's own beans
 * @param table the table, or whatever the adapter takes for one, as configured
 */
public record Endpoint(String adapterBean, String table) {

}
