package io.deltasync.link;

/**
 * The source or target of a Link's records. Immutable.
 *
 * @param adapterBean the name of the adapter's bean, such as {@code jdbcSource} for
 * {@code adapter: jdbc}; without the prefix of DeltaSync's own beans
 * @param table the table, path or whatever the adapter calls what it reads or writes, as
 * configured; the Link's name if nothing is configured
 */
public record Endpoint(String adapterBean, String table) {

}
