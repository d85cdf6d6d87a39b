package io.deltasync.jdbc.read;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;

import javax.sql.DataSource;

import io.deltasync.api.Connections;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.jdbc.dialect.ColumnType;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.dialect.Session;
import io.deltasync.jdbc.dialect.Table;
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

	/** Shared by planning and validation, so that both refuse the same configurations. */
	private <T> T begin(LinkContext context, Step<T> step) throws SQLException {
		Table table = this.tables.refresh(context, this.options.connection(), context.linkSourceName());
		DataSource database = this.connections.get(this.options.connection());
		SourceTable source = SourceTable.of(table, this.options);
		String warning = source.checkZone(database);
		if (warning != null) {
			RunContext.currentContext().addWarning(warning);
		}
		Delta delta = source.delta();
		try (Session session = Session.forReading(database, table.dialect(), table.has(ColumnType.INSTANT))) {
			try {
				return step.take(session.connection(), source, delta.plan(session.connection(), context));
			}
			catch (SQLException ex) {
				throw ReadFailure.of(table, ex);
			}
		}
	}

	private Plan plan(Connection connection, LinkContext context, SourceTable source, Delta.Reading reading)
			throws SQLException {
		Table table = source.table();
		KeyRange whole = new KeyRange(source.order(reading), null, null, reading.window());
		RangePlanner planner = new RangePlanner(table, source.key(), whole, context.batchSizeLimit());
		planner.read(connection, (this.options.fetchSize() != null) ? this.options.fetchSize() : JdbcSource.MOST_ROWS);
		publish(reading);
		if (source.deltaColumn() != null && reading.window() != null) {
			NullDeltaRows.warn(connection, table, source.deltaColumn());
		}
		logger.info("Link '{}' reads {} of {}: {} rows", context.linkName(), reading.description(), table,
				planner.total());
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
	private interface Step<T> {

		T take(Connection connection, SourceTable source, Delta.Reading reading) throws SQLException;

	}

}
