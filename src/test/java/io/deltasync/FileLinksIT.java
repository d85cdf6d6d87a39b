package io.deltasync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.deltasync.api.AbortRunException;
import io.deltasync.event.LoggedRecord.Outcome;
import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.Links;
import io.deltasync.reject.Rejects;
import io.deltasync.run.RunTables;
import io.deltasync.testing.TestDatabase;
import io.deltasync.trace.RecordPreview;
import io.deltasync.trace.RecordPreview.Shown;
import io.deltasync.trace.RecordPreviews;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Links from files to tables, and from tables to files.
 */
class FileLinksIT extends JdbcLinks {

	@TempDir
	private Path directory;

	FileLinksIT() {
		this.database = TestDatabase.H2;
	}

	@BeforeEach
	void createTable() {
		this.target.execute("CREATE TABLE ORDERS (ID INT PRIMARY KEY, AMOUNT DECIMAL(10, 2), NOTE VARCHAR(20))");
	}

	private void fileToTable(String... options) {
		configure("deltasync.links.orders.source.adapter=file",
				"deltasync.links.orders.source.path=" + this.directory + "/in/*.csv",
				"deltasync.links.orders.source.key=id", "deltasync.links.orders.target.adapter=jdbc",
				"deltasync.links.orders.target.connection=warehouse", "deltasync.links.orders.target.table=ORDERS");
		configure(options);
	}

	private void write(String name, String text) throws IOException {
		Path file = this.directory.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	private List<String> names() throws IOException {
		try (Stream<Path> files = Files.walk(this.directory)) {
			return files.filter(Files::isRegularFile)
				.map((file) -> this.directory.relativize(file).toString())
				.sorted()
				.toList();
		}
	}

	private static void assertSuccess(SyncEvent event) {
		assertThat(event.success()).as(event.toString()).isTrue();
	}

	private List<String> orders() {
		return this.target.queryForList(
				"SELECT ID || ':' || AMOUNT || ':' || COALESCE(NOTE, '-') FROM ORDERS ORDER BY ID", String.class);
	}

	@Test
	void filesAreReadOnceAndMovedAway() throws Exception {
		fileToTable("deltasync.links.orders.source.after.move=done");
		write("in/a.csv", "id,amount,note\n1,10.50,\n2,7,\"a, b\"\n");
		write("in/b.csv", "id,amount,note\n3,1,x\n");

		SyncEvent first = run("orders", "DELTA");

		assertThat(first.success()).as(first.toString()).isTrue();
		assertThat(orders()).containsExactly("1:10.50:-", "2:7.00:a, b", "3:1.00:x");
		assertThat(names()).containsExactly("in/done/a.csv", "in/done/b.csv");
		assertThat(run("orders", "DELTA").records().fetched()).isZero();
	}

	@Test
	void previewShowsTheFirstLinesAndLeavesTheFilesWhereTheyAre() throws Exception {
		fileToTable("deltasync.links.orders.source.after.move=done", "deltasync.links.orders.mask=note");
		write("in/a.csv", "id,amount,note\n1,10.50,secret\n2,7\n");
		write("in/b.csv", "id,amount,note\n3,x,\n4,1,\n");

		RecordPreview preview = preview(3);

		assertThat(preview.records()).hasSize(3);
		assertThat(preview.more()).isTrue();
		assertThat(preview.reads()).contains("2 files");
		assertThat(preview.records().get(0).source()).containsEntry("amount", new Shown("text", "10.50"))
			.containsEntry("note", new Shown("text", "***"));
		assertThat(preview.records().get(0).passage().reachesTarget()).isTrue();
		assertThat(preview.records().get(1).passage().outcome()).isEqualTo(Outcome.FAILED);
		assertThat(preview.records().get(1).passage().reason()).contains("a.csv:3", "2 values");
		assertThat(preview(9).records()).hasSize(4);
		assertThat(names()).containsExactly("in/a.csv", "in/b.csv");
		assertThat(orders()).isEmpty();

		assertThat(run("orders", "DELTA").records().fetched()).as("nothing was missed").isEqualTo(4);
	}

	@Test
	void previewSaysThatThereIsNoDirectory() {
		fileToTable();

		assertThatThrownBy(() -> preview(1)).isInstanceOf(AbortRunException.class)
			.hasMessageContaining("Link 'orders'")
			.hasMessageContaining("/in");
	}

	private RecordPreview preview(int limit) {
		open();
		return this.application.getBean(RecordPreviews.class)
			.preview(this.application.getBean(Links.class).get("orders"), Mode.DELTA, limit);
	}

	@Test
	void badLinesAreRejectsUntilTheFileIsCorrected() throws Exception {
		fileToTable("deltasync.links.orders.source.after.delete=true");
		write("in/a.csv", "id,amount,note\n1,10.50,\n2,7\n3,1,\"x\n4,2,y\n");

		SyncEvent first = run("orders", "DELTA");

		assertThat(first.success()).isFalse();
		assertThat(first.records().failed()).isEqualTo(2);
		assertThat(orders()).containsExactly("1:10.50:-", "4:2.00:y");
		assertThat(names()).containsExactly("in/a.csv");
		Rejects rejects = this.application.getBean(RunTables.class).rejects();
		assertThat(rejects.waiting("orders", 10)).hasSize(2);

		write("in/a.csv", "id,amount,note\n1,10.50,\n2,7,\n3,1,\"x\"\n4,2,y\n");
		SyncEvent second = run("orders", "DELTA");

		assertThat(second.success()).as(second.toString()).isTrue();
		assertThat(orders()).containsExactly("1:10.50:-", "2:7.00:-", "3:1.00:x", "4:2.00:y");
		assertThat(names()).isEmpty();
		assertThat(run("orders", "DELTA").success()).isTrue();
	}

	@Test
	void rowOfAnAcknowledgedLineIsNotDeleted() throws Exception {
		fileToTable("deltasync.links.orders.deletes=hard", "deltasync.links.orders.max-delete-share=100",
				"deltasync.links.orders.quarantine-after=1");
		write("in/a.csv", "id,amount,note\n1,1,\n2,2,\n3,3,\n");
		assertSuccess(run("orders", "FULL"));

		write("in/a.csv", "id,amount,note\n1,1,\n2,2\n3,3,\n");
		SyncEvent event = run("orders", "FULL");
		assertThat(event.success()).isFalse();

		Rejects rejects = this.application.getBean(RunTables.class).rejects();
		rejects.waiting("orders", 10).forEach((reject) -> rejects.acknowledge(reject.id(), Instant.EPOCH));
		event = run("orders", "FULL");
		assertThat(event.records().acknowledged()).as(event.toString()).isOne();
		assertThat(event.success()).isTrue();
		assertThat(event.warnings()).anySatisfy((warning) -> assertThat(warning).contains("Nothing was deleted"));
		assertThat(orders()).as(event.toString()).contains("2:2.00:-");

		write("in/a.csv", "id,amount,note\n1,1,\n3,3,\n");
		run("orders", "FULL");
		run("orders", "FULL");
		assertThat(orders()).containsExactly("1:1.00:-", "3:3.00:-");
	}

	@Test
	void rowOfALineThatCannotBeReadIsNotDeleted() throws Exception {
		fileToTable("deltasync.links.orders.deletes=hard", "deltasync.links.orders.max-delete-share=100");
		write("in/a.csv", "id,amount,note\n1,1,\n2,2,\n3,3,\n");
		assertSuccess(run("orders", "FULL"));

		write("in/a.csv", "id,amount,note\n1,1,\n2,2\n");
		assertThat(run("orders", "FULL").success()).isFalse();
		assertThat(orders()).as("whose line that is cannot be told").contains("2:2.00:-");

		write("in/a.csv", "id,amount,note\n1,1,\n2,2,\n");
		assertSuccess(run("orders", "FULL"));
		assertThat(orders()).containsExactly("1:1.00:-", "2:2.00:-");
	}

	@Test
	void restartReadsTheFilesThatAreLeft() throws Exception {
		fileToTable("deltasync.links.orders.source.delta.by=modified");
		write("in/a.csv", "id,amount,note\n1,1,\n");
		write("in/b.csv", "id,amount,note\n2,2,\n\n");
		Path truncated = this.directory.resolve("in/c.csv");
		Files.write(truncated, new byte[] { 0x1f, (byte) 0x8b, 8, 0 });

		SyncEvent first = run("orders", "DELTA");

		assertThat(first.success()).isFalse();
		assertThat(first.scopes().failed()).isOne();
		assertThat(first.errors().toString()).contains("c.csv: the compressed data ends too early");
		assertThat(orders()).containsExactly("1:1.00:-", "2:2.00:-");

		write("in/c.csv", "id,amount,note\n3,3,\n");
		SyncEvent second = run("orders", "DELTA");
		assertThat(second.success()).as(second.toString()).isTrue();
		assertThat(orders()).containsExactly("1:1.00:-", "2:2.00:-", "3:3.00:-");
	}

	private void tableToFile(String... options) throws IOException {
		Files.createDirectories(this.directory.resolve("out"));
		this.source.execute("CREATE TABLE ORDERS (ID INT PRIMARY KEY, NOTE VARCHAR(20), CHANGED TIMESTAMP)");
		configure("deltasync.links.orders.source.adapter=jdbc", "deltasync.links.orders.source.connection=crm",
				"deltasync.links.orders.source.table=ORDERS", "deltasync.links.orders.source.delta-column=CHANGED",
				"deltasync.links.orders.source.overlap=0s", "deltasync.links.orders.target.adapter=file",
				"deltasync.links.orders.target.path=" + this.directory + "/out/orders-{run}.csv",
				"deltasync.links.orders.batch-size-limit=10", "deltasync.links.orders.lanes=4",
				"deltasync.links.orders.retry.delay=10ms", "deltasync.links.orders.mapping.select=ID,NOTE");
		configure(options);
	}

	private void insert(int from, int to) {
		this.source.update("INSERT INTO ORDERS SELECT X, 'note ' || X, CURRENT_TIMESTAMP FROM SYSTEM_RANGE(%d, %d)"
			.formatted(from, to));
	}

	private List<String> written(String prefix) throws IOException {
		List<String> lines = new ArrayList<>();
		for (String name : names()) {
			if (name.startsWith("out/orders-" + prefix)) {
				lines.addAll(Files.readAllLines(this.directory.resolve(name)));
			}
		}
		return lines;
	}

	@Test
	void eachRunWritesAFileOfAllItsLanes() throws Exception {
		tableToFile();
		insert(1, 500);

		SyncEvent first = run("orders", "DELTA");

		assertThat(first.success()).as(first.toString()).isTrue();
		assertThat(first.scopes().total()).isGreaterThan(1);
		assertThat(written("")).hasSize(501).startsWith("ID,NOTE").contains("17,note 17").doesNotHaveDuplicates();
		assertThat(names().stream().filter((name) -> !name.contains("/.deltasync-"))).hasSize(1);

		insert(501, 501);
		assertThat(run("orders", "DELTA").success()).isTrue();
		assertThat(written("")).hasSize(503).contains("501,note 501");
	}

	@Test
	void whatAFailedRunDeliveredIsInTheFileOfItsRestart() throws Exception {
		tableToFile("deltasync.links.orders.skip-unchanged=true", "deltasync.links.orders.target.columns=ID,NOTE,WRONG",
				"deltasync.links.orders.target.operation-column=OP");
		insert(1, 100);
		Path blocked = Files.createDirectories(this.directory.resolve("out/.deltasync-orders/finished.tmp"));

		SyncEvent failed = run("orders", "DELTA");

		assertThat(failed.success()).isFalse();
		assertThat(failed.errors().toString()).contains("finished.tmp");
		assertThat(written("")).isEmpty();
		Files.delete(blocked);

		SyncEvent restarted = restart(failed);
		assertThat(restarted.id()).isEqualTo(failed.id());
		assertThat(restarted.success()).as(restarted.toString()).isTrue();
		assertThat(written("")).hasSize(101).startsWith("ID,NOTE,WRONG,OP").contains("17,note 17,,upsert");
	}

	@Test
	void nextRunBringsWhatAFailedOneDelivered() throws Exception {
		tableToFile("deltasync.links.orders.skip-unchanged=true");
		insert(1, 100);
		Path blocked = Files.createDirectories(this.directory.resolve("out/.deltasync-orders/finished.tmp"));
		assertThat(run("orders", "DELTA").success()).isFalse();
		Files.delete(blocked);
		insert(101, 110);

		SyncEvent next = run("orders", "DELTA");

		assertThat(next.success()).as(next.toString()).isTrue();
		assertThat(next.records().written()).as("the others are known to be delivered").isEqualTo(10);
		assertThat(written("")).hasSize(111).contains("17,note 17", "110,note 110").doesNotHaveDuplicates();
	}

	@Test
	void testingWritesNothing() throws Exception {
		tableToFile("deltasync.links.orders.testing=true");
		insert(1, 10);

		assertThat(run("orders", "DELTA").success()).isTrue();
		assertThat(names()).isEmpty();
	}

	private SyncEvent restart(SyncEvent event) throws Exception {
		JobExecution last = this.application.getBean(JobRepository.class)
			.getJobExecution(event.attempts().get(event.attempts().size() - 1).jobExecutionId());
		this.application.getBean(JobOperator.class).restart(last);
		return this.application.getBean(SyncEvents.class).find(event.id()).orElseThrow();
	}

}
