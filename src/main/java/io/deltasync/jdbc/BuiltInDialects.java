package io.deltasync.jdbc;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.Dialects;
import io.deltasync.jdbc.duckdb.DuckDbDialect;
import io.deltasync.jdbc.generic.GenericDialect;
import io.deltasync.jdbc.h2.H2Dialect;
import io.deltasync.jdbc.mysql.MariaDbDialect;
import io.deltasync.jdbc.mysql.MySqlDialect;
import io.deltasync.jdbc.postgresql.PostgreSqlDialect;
import io.deltasync.jdbc.sqlite.SqliteDialect;

/** The databases that DeltaSync supports without additions. */
public final class BuiltInDialects {

	private static final List<Dialect> BUILT_IN = List.of(new H2Dialect(), new MariaDbDialect(),
			new MySqlDialect(false), new MySqlDialect(true), new PostgreSqlDialect(), new SqliteDialect(),
			new DuckDbDialect());

	/** Supports every database, so it comes last. */
	private static final Dialect ANY = new GenericDialect();

	private BuiltInDialects() {
	}

	/**
	 * Returns the built-in dialects after others.
	 * @param added dialects that are asked first
	 */
	public static Dialects with(List<Dialect> added) {
		List<Dialect> all = new ArrayList<>(added);
		all.addAll(BUILT_IN);
		all.add(ANY);
		return new Dialects(all);
	}

}
