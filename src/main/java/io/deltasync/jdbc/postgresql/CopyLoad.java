package io.deltasync.jdbc.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.jdbc.dialect.BulkLoad;
import io.deltasync.jdbc.dialect.Failure;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.dialect.RowStatement;
import io.deltasync.jdbc.dialect.Table;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.util.ClassUtils;

/**
 * Loads rows with COPY. Begins with copies straight into the table, which are several
 * times as fast, and goes on with merges once a copy has met a row that was there.
 */
final class CopyLoad implements BulkLoad {

	private static final String TEMPORARY = """
			SELECT pg_catalog.has_database_privilege(pg_catalog.current_database(), 'TEMPORARY')""";

	/** Rows are not copied into views and past policies. */
	private static final String COPIES = """
			SELECT c.relkind IN ('r', 'p') AND NOT pg_catalog.row_security_active(c.oid) FROM pg_catalog.pg_class c
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?""";

	private final Table table;

	private final CopySql sql;

	/** Whether rows are copied straight into the table; null before the first load. */
	private @Nullable Boolean straight;

	CopyLoad(Table table, CopySql sql) {
		this.table = table;
		this.sql = sql;
	}

	@Override
	public void check(Connection connection) throws SQLException {
		// the driver may be missing from the class path
		boolean present = ClassUtils.isPresent("org.postgresql.PGConnection", getClass().getClassLoader());
		if (!present || !connection.isWrapperFor(PGConnection.class)) {
			throw new AbortRunException(
					"Connection '%s' cannot load in bulk, which requires a URL that begins with jdbc:postgresql:; leave out the option bulk"
						.formatted(this.table.connection()));
		}
		if (!is(connection, TEMPORARY, List.of())) {
			throw new AbortRunException(
					"Connection '%s' cannot load in bulk: grant TEMPORARY on the database to its account, or leave out the option bulk"
						.formatted(this.table.connection()));
		}
	}

	@Override
	public RowStatement begin(Connection connection) throws SQLException {
		Boolean into = this.straight;
		if (into == null) {
			into = is(connection, COPIES, List.of(this.table.schema(), this.table.name()));
			this.straight = into;
		}
		return new CopyStatement(connection, this.sql, into, (failure) -> {
			if (failure == Failure.DUPLICATE) {
				this.straight = false;
			}
		});
	}

	private static boolean is(Connection connection, String sql, List<String> parameters) throws SQLException {
		return Queries.list(connection, sql, parameters, (row) -> row.getBoolean(1)).contains(true);
	}

}
