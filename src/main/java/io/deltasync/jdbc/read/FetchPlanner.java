package io.deltasync.jdbc.read;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Predicate;

import javax.sql.DataSource;

import io.deltasync.api.Connections;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.WindowPosition;
import io.deltasync.jdbc.delta.Delta;
import io.deltasync.jdbc.delta.Window;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.dialect.Session;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans how a table is fetched: reads the bounds of the delta, divides the rows into
 * ranges, and chooses the strategy by their number. Confined to one thread.
 */
final class FetchPlanner {

	private static final Logger logger = LoggerFactory.getLogger(FetchPlanner.class);

	private final Connections connections;

	private final JdbcTables tables;

	private final JdbcSourceOptions options;

	FetchPlanner(Connections connections, JdbcTables tables, JdbcSourceOptions options) {
		this.connections = connections;
		this.tables = tables;
		this.options = options;
	}

	/**
	 * Plans the fetch. Sets the run's cursor and adds its warnings.
	 * @throws SQLException if the database fails
	 * @throws io.deltasync.api.AbortRunException if the options do not fit the table
	 */
	Plan plan(LinkContext context) throws SQLException {
		return begin(context, (connection, source, reading) -> plan(connection, context, source, reading));
	}

	/**
	 * Checks whether a fetch could be planned, and adds the warnings of planning.
	 * @throws SQLException if the database fails
	 * @throws io.deltasync.api.AbortRunException if the options do not fit the table
	 */
	void validate(LinkContext context) throws SQLException {
		begin(context, (connection, source, reading) -> {
			reading.warnings().forEach(RunContext.currentContext()::addWarning);
			return source;
		});
	}

	/**
	 * Returns the position of a row relative to the window that the next run would read.
	 * @return the position, or null if there is no row with this key
	 * @throws SQLException if the database fails
	 */
	@Nullable WindowPosition position(LinkContext context, Map<String, Object> key) throws SQLException {
		return this.<@Nullable WindowPosition>begin(context,
				(connection, source, reading) -> new RowLookup(source.table(), source.key(), this.options.condition())
					.position(connection, key, source.deltaColumn(), reading.window()));
	}

	/**
	 * Returns a test of rows that were just read: whether the next run would read them.
	 * @return the test; null if the next run reads all rows
	 * @throws SQLException if the database fails
	 */
	@Nullable Predicate<RecordInFlight> fetchedByNextRun(LinkContext context) throws SQLException {
		return this.<@Nullable Predicate<RecordInFlight>>begin(context, (connection, source, reading) -> {
			Column column = source.deltaColumn();
			Window window = reading.window();
			return (column != null && window != null) ? new WindowTest(column, window) : null;
		});
	}

	/** Shared by planning and validation, so that both refuse the same configurations. */
	private <T extends @Nullable Object> T begin(LinkContext context, Step<T> step) throws SQLException {
		Table table = this.tables.refresh(context, this.options.connection(), context.linkSourceName());
		DataSource database = this.connections.get(this.options.connection());
		SourceTable source = SourceTable.of(table, this.options);
		String warning = source.checkZone(database);
		if (warning != null) {
			RunContext.currentContext().addWarning(warning);
		}
		Delta delta = source.delta();
		try (Session session = Session.forReading(database, table.dialect(), table.has(ColumnType.INSTANT))) {
			checkConditions(session.connection(), table);
			warnOfHiddenRows(session.connection(), table);
			try {
				return step.take(session.connection(), source, delta.plan(session.connection(), context));
			}
			catch (SQLException ex) {
				throw ReadFailure.of(table, ex);
			}
		}
	}

	private void checkConditions(Connection connection, Table table) throws SQLException {
		this.options.condition().check(connection, table);
		RowCondition deleted = this.options.deletedCondition();
		if (deleted != null) {
			deleted.check(connection, table);
		}
	}

	private static void warnOfHiddenRows(Connection connection, Table table) throws SQLException {
		String reason = table.dialect().catalog().hiddenRows(connection, table.schema(), table.name());
		if (reason != null) {
			RunContext.currentContext()
				.addWarning(("The account may not see all rows of %s, because %s: the others are neither delivered nor "
						+ "missed; read with an account that sees all rows")
					.formatted(table, reason));
		}
	}

	private Plan plan(Connection connection, LinkContext context, SourceTable source, Delta.Reading reading)
			throws SQLException {
		Table table = source.table();
		KeyRange whole = new KeyRange(source.order(reading), null, null, reading.window());
		RangePlanner planner = new RangePlanner(table, source.key(), this.options.condition(), whole,
				context.batchSizeLimit());
		planner.read(connection, (this.options.fetchSize() != null) ? this.options.fetchSize() : ReadAhead.MOST_ROWS);
		publish(reading);
		if (source.deltaColumn() != null && reading.window() != null) {
			NullDeltaRows.warn(connection, table, source.deltaColumn(), this.options.condition());
		}
		String what = "%s of %s%s".formatted(reading.description(), table, this.options.condition().inWords());
		RunContext.currentContext().describe(what);
		logger.info("Link '{}' reads {}: {} rows", context.linkName(), what, planner.total());
		return new Plan(strategy(planner, context.batchSizeLimit()), whole);
	}

	private static void publish(Delta.Reading reading) {
		RunContext run = RunContext.currentContext();
		reading.warnings().forEach(run::addWarning);
		if (reading.cursor() != null) {
			run.setCursor(reading.cursor());
		}
	}

	private static FetchStrategy strategy(RangePlanner planner, int batchSizeLimit) {
		if (planner.total() == 0) {
			return FetchStrategy.noRecords();
		}
		if (planner.total() <= batchSizeLimit) {
			return FetchStrategy.immediate(planner.total());
		}
		return FetchStrategy.scopes(new ArrayList<Object>(planner.ranges()), planner.total());
	}

	/**
	 * A planned fetch.
	 *
	 * @param strategy the strategy
	 * @param whole the range of all rows of the fetch
	 */
	record Plan(FetchStrategy strategy, KeyRange whole) {

	}

	/** A step that uses the plan of a delta. */
	@FunctionalInterface
	private interface Step<T extends @Nullable Object> {

		T take(Connection connection, SourceTable source, Delta.Reading reading) throws SQLException;

	}

}
