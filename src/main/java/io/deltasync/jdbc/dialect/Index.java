package io.deltasync.jdbc.dialect;

import java.util.List;

/**
 * An index of a table.
 *
 * @param name its name
 * @param columns its columns as stored, in order
 * @param unique whether no two rows share the values, except for NULL
 */
public record Index(String name, List<String> columns, boolean unique) {

}
