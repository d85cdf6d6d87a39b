package io.deltasync.benchmark.camel;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/**
 * What Camel's documentation offers for much data, tuned: rows are streamed as maps,
 * split into lists of 1,000, and each list is written as a batch and committed. The pool
 * keeps connections; the driver is not asked for the number of parameters. One thread: a
 * parallel split stood still before its end, with a pool that keeps memory bounded.
 */
public final class CamelCopy {

	private static final int BATCH = 1_000;

	private static final List<String> COLUMNS = List.of("id", "name", "email", "amount", "qty", "active", "birth",
			"created_at", "updated_at", "note");

	private CamelCopy() {
	}

	/**
	 * Copies.
	 * @param args the URL, the source table, the target table and, for a delta, the time
	 * since which rows changed
	 */
	public static void main(String[] args) throws Exception {
		AtomicLong rows = new AtomicLong();
		Main main = new Main();
		try (HikariDataSource database = new HikariDataSource()) {
			database.setJdbcUrl(args[0]);
			main.bind("database", database);
			main.configure().addRoutesBuilder(new Routes(args, rows));
			main.start();
			long start = System.nanoTime();
			copy(main.getCamelContext(), args);
			long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
			main.stop();
			System.out.println("copied " + rows + " rows in " + millis + " ms");
		}
	}

	private static void copy(CamelContext camel, String[] args) throws Exception {
		try (ProducerTemplate template = camel.createProducerTemplate()) {
			template.sendBody("direct:copy", (args.length > 3) ? List.of(args[3]) : null);
		}
	}

	private static final class Routes extends RouteBuilder {

		private final String select;

		private final String upsert;

		private final AtomicLong rows;

		Routes(String[] args, AtomicLong rows) {
			String names = String.join(", ", COLUMNS);
			this.select = "SELECT " + names + " FROM " + args[1] + ((args.length > 3) ? " WHERE updated_at >= #" : "");
			// by position: a name would be looked up in body and headers, for each value
			this.upsert = "INSERT INTO " + args[2] + " (" + names + ") VALUES ("
					+ COLUMNS.stream().map((column) -> "#").collect(Collectors.joining(", "))
					+ ") ON DUPLICATE KEY UPDATE "
					+ COLUMNS.stream()
						.skip(1)
						.map((column) -> column + " = VALUES(" + column + ")")
						.collect(Collectors.joining(", "));
			this.rows = rows;
		}

		@Override
		public void configure() {
			from("direct:copy").to("sql:" + this.select + "?dataSource=#database&outputType=StreamList")
				.split(simple("${collate(" + BATCH + ")}"))
				.streaming()
				.stopOnException()
				.to("sql:" + this.upsert + "?dataSource=#database&batch=true&parametersCount=" + COLUMNS.size())
				.process((exchange) -> this.rows.addAndGet(exchange.getMessage().getBody(List.class).size()));
		}

	}

}
