package io.deltasync.jdbc.dialect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Assembles indexes from their columns, which the catalogue lists one by one.
 */
final class IndexCollector {

	private final Map<String, List<String>> columns = new LinkedHashMap<>();

	private final Map<String, Boolean> unique = new LinkedHashMap<>();

	private List<String> primaryKey = List.of();

	void add(String index, String column, boolean unique, boolean primary) {
		List<String> names = this.columns.computeIfAbsent(index, (name) -> new ArrayList<>());
		names.add(column);
		this.unique.put(index, unique);
		if (primary) {
			this.primaryKey = names;
		}
	}

	Dialect.TableKeys keys() {
		List<Index> indexes = this.columns.entrySet()
			.stream()
			.map((index) -> new Index(index.getKey(), List.copyOf(index.getValue()),
					Boolean.TRUE.equals(this.unique.get(index.getKey()))))
			.toList();
		return new Dialect.TableKeys(List.copyOf(this.primaryKey), indexes);
	}

}
