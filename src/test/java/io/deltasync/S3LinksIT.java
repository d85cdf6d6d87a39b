package io.deltasync;

import java.util.List;

import io.deltasync.event.SyncEvent;
import io.deltasync.testing.S3Server;
import io.deltasync.testing.TestBucket;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Links from an object store to a table, and back.
 */
class S3LinksIT extends JdbcLinks {

	private TestBucket bucket;

	S3LinksIT() {
		this.database = TestDatabase.H2;
	}

	@BeforeEach
	void createBucketAndTables() {
		this.bucket = TestBucket.create();
		this.target.execute("CREATE TABLE ORDERS (ID INT PRIMARY KEY, NOTE VARCHAR(20))");
		this.source.execute("CREATE TABLE ORDERS (ID INT PRIMARY KEY, NOTE VARCHAR(20), CHANGED TIMESTAMP)");
		configure(this.bucket.properties("lake").toArray(String[]::new));
	}

	@AfterEach
	void close() {
		this.bucket.close();
	}

	private List<String> orders() {
		return this.target.queryForList("SELECT ID || ':' || NOTE FROM ORDERS ORDER BY ID", String.class);
	}

	@Test
	void newObjectsAreReadOnceAndMovedAway() throws Exception {
		configure("deltasync.links.orders.source.adapter=file", "deltasync.links.orders.source.connection=lake",
				"deltasync.links.orders.source.path=in/**/*.csv", "deltasync.links.orders.source.key=id",
				"deltasync.links.orders.source.after.move=done", "deltasync.links.orders.target.adapter=jdbc",
				"deltasync.links.orders.target.connection=warehouse", "deltasync.links.orders.target.table=ORDERS");
		this.bucket.put("in/a.csv", "id,note\n1,x\n");
		this.bucket.put("in/2026/b.csv", "id,note\n2,y\n");

		SyncEvent first = run("orders", "DELTA");

		assertThat(first.success()).as(first.toString()).isTrue();
		assertThat(orders()).containsExactly("1:x", "2:y");
		assertThat(this.bucket.paths()).containsExactly("in/done/2026/b.csv", "in/done/a.csv");
		assertThat(run("orders", "DELTA").records().fetched()).isZero();

		this.bucket.put("in/a.csv", "id,note\n3,z\n");
		assertThat(run("orders", "DELTA").records().written()).isOne();
		assertThat(orders()).containsExactly("1:x", "2:y", "3:z");
		assertThat(this.bucket.paths()).hasSize(3).allMatch((key) -> key.startsWith("in/done/"));
	}

	@Test
	void eachRunWritesAnObjectOfAllItsLanes() throws Exception {
		configure("deltasync.links.orders.source.adapter=jdbc", "deltasync.links.orders.source.connection=crm",
				"deltasync.links.orders.source.table=ORDERS", "deltasync.links.orders.source.delta-column=CHANGED",
				"deltasync.links.orders.source.overlap=0s", "deltasync.links.orders.target.adapter=file",
				"deltasync.links.orders.target.connection=lake",
				"deltasync.links.orders.target.path=out/orders-{run}.csv", "deltasync.links.orders.lanes=4",
				"deltasync.links.orders.batch-size-limit=50", "deltasync.links.orders.mapping.select=ID,NOTE");
		this.source.update("INSERT INTO ORDERS SELECT X, 'note ' || X, CURRENT_TIMESTAMP FROM SYSTEM_RANGE(1, 500)");

		SyncEvent first = run("orders", "DELTA");

		assertThat(first.success()).as(first.toString()).isTrue();
		assertThat(first.scopes().total()).isGreaterThan(1);
		List<String> written = this.bucket.paths().stream().filter((key) -> key.startsWith("out/orders-")).toList();
		assertThat(written).hasSize(1);
		assertThat(this.bucket.read(written.get(0)).lines()).hasSize(501)
			.startsWith("ID,NOTE")
			.contains("17,note 17")
			.doesNotHaveDuplicates();
		assertThat(this.bucket.paths()).as("the file, and what the next run needs").hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "source", "target" })
	void missingBucketIsSaidInOneSentence(String end) throws Exception {
		configure("deltasync.connections.lake.url=s3://nowhere-at-all", "deltasync.links.orders.source.adapter=jdbc",
				"deltasync.links.orders.source.connection=crm", "deltasync.links.orders.source.table=ORDERS",
				"deltasync.links.orders.target.adapter=jdbc", "deltasync.links.orders.target.connection=warehouse",
				"deltasync.links.orders.target.table=ORDERS");
		this.properties.removeIf((property) -> property.startsWith("deltasync.links.orders.%s.".formatted(end)));
		configure("deltasync.links.orders.%s.adapter=file".formatted(end),
				"deltasync.links.orders.%s.connection=lake".formatted(end), "deltasync.links.orders.%s.path=%s"
					.formatted(end, end.equals("source") ? "in/*.csv" : "out/orders-{run}.csv"));

		SyncEvent event = run("orders", "DELTA");

		assertThat(event.success()).isFalse();
		assertThat(event.errors().toString())
			.contains("There is no bucket for %s/nowhere-at-all".formatted(S3Server.get().url()))
			.doesNotContain("software.amazon", "Service: S3");
	}

}
