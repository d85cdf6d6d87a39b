package io.deltasync.jdbc.dialect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Assembles indexes from their columns, which the catalogue lists one by one.
 */
public final class IndexCollector {

	private final Map<String, List<String>> columns = new LinkedHashMap<>();

	private final Map<String, Boolean> unique = new LinkedHashMap<>();

	private final Map<String, String> weaknesses = new HashMap<>();

	private List<String> primaryKey = List.of();

	/**
	 * Adds a column of an index.
	 * @param primary whether the index is that of the primary key
	 */
	public void add(String index, String column, boolean unique, boolean primary) {
		List<String> names = this.columns.computeIfAbsent(index, (name) -> new ArrayList<>());
		names.add(column);
		this.unique.put(index, unique);
		if (primary) {
			this.primaryKey = names;
		}
	}

	/** Adds the reason why a unique index cannot identify rows, if there is one. */
	public void note(String index, @Nullable String weakness) {
		if (weakness != null) {
			this.weaknesses.put(index, weakness);
		}
	}

	/** Returns the indexes whose columns were added. */
	public Catalog.TableKeys keys() {
		List<Index> indexes = this.columns.entrySet()
			.stream()
			.map((index) -> new Index(index.getKey(), List.copyOf(index.getValue()),
					Boolean.TRUE.equals(this.unique.get(index.getKey())), this.weaknesses.get(index.getKey())))
			.toList();
		return new Catalog.TableKeys(List.copyOf(this.primaryKey), indexes);
	}

}
