package io.deltasync.jdbc.dialect;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An index of a table.
 *
 * @param name its name
 * @param columns its columns as stored, in order
 * @param unique whether no two rows share the values, except for NULL
 * @param weakness the reason why an index that is declared unique cannot identify rows;
 * null if there is none
 */
public record Index(String name, List<String> columns, boolean unique, @Nullable String weakness) {

}
