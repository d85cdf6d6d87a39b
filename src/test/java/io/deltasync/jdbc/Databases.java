package io.deltasync.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;

import javax.sql.DataSource;

import io.deltasync.api.Connections;

/** Connections of a test, by name. */
public class Databases implements Connections {

	private final Map<String, DataSource> byName = new LinkedHashMap<>();

	public Databases with(String name, DataSource dataSource) {
		this.byName.put(name, dataSource);
		return this;
	}

	@Override
	public DataSource get(String name) {
		DataSource dataSource = this.byName.get(name);
		if (dataSource == null) {
			throw new IllegalArgumentException(
					"There is no connection '%s'; there are: %s".formatted(name, this.byName.keySet()));
		}
		return dataSource;
	}

}
