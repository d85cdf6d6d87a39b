package io.deltasync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.ChainFetchAdapter;
import io.deltasync.api.DelayedPlanningAdapter;
import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForAcknowledge;
import io.deltasync.api.SourceAdapterForRowPush;
import io.deltasync.cli.Commands;
import io.deltasync.config.ExitCode;
import io.deltasync.event.LoggedRecord.Outcome;
import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvents;
import io.deltasync.event.view.Json;
import io.deltasync.link.Links;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import io.deltasync.trace.RecordPreview;
import io.deltasync.trace.RecordPreview.Previewed;
import io.deltasync.trace.RecordPreview.Shown;
import io.deltasync.trace.RecordPreviews;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A preview shows the first records of each strategy before and after filters and
 * mapping, and changes nothing. Expressions compute what a run then delivers.
 */
@EachDatabase(TestDatabase.H2)
class PreviewIT extends JdbcLinks {

	@BeforeEach
	void makeTables() {
		this.source.execute(
				"CREATE TABLE orders (id INT PRIMARY KEY, name VARCHAR(40), price DECIMAL(10, 2), status VARCHAR(10))");
		this.target
			.execute("CREATE TABLE orders (id VARCHAR(10) PRIMARY KEY, label VARCHAR(40), gross DECIMAL(10, 2))");
		String link = "deltasync.links.orders.";
		configure(link + "source.adapter=jdbc", link + "source.connection=crm", link + "source.table=orders",
				link + "target.adapter=jdbc", link + "target.connection=warehouse", link + "target.table=orders",
				link + "mask=name", link + "mapping.select=status", link + "mapping.rename.status=state",
				link + "mapping.expressions.id='C' + text(id)", link + "mapping.expressions.label=name.trim().upper()",
				link + "mapping.expressions.gross=(price * 1.19).round(2)", link + "filters[0].filter=condition",
				link + "filters[0].ignore=status == 'draft'", link + "filters[0].reason=a draft",
				link + "filters[1].filter=condition", link + "filters[1].keep=status != 'gone'");
		this.target.execute("ALTER TABLE orders ADD state VARCHAR(10)");
		insert(1, " Ada ", "10.00", "open");
		insert(2, "Bob", "20.00", "draft");
		insert(3, "Eve", null, "open");
		insert(4, "Joe", "1.00", "gone");
	}

	private void insert(int id, String name, @Nullable String price, String status) {
		this.source.update("INSERT INTO orders VALUES (?, ?, ?, ?)", id, name, price, status);
	}

	@Override
	Class<?> beans() {
		return Beans.class;
	}

	private RecordPreview preview(String link, int limit) {
		open();
		return this.application.getBean(RecordPreviews.class)
			.preview(this.application.getBean(Links.class).get(link), Mode.DELTA, limit);
	}

	private int execute(String... arguments) {
		open();
		Commands commands = this.application.getBean(Commands.class);
		commands.run(new DefaultApplicationArguments(arguments));
		return commands.getExitCode();
	}

	@Test
	void recordsAreShownBeforeAndAfterFiltersAndMappingAndNothingChanges() {
		RecordPreview preview = preview("orders", 10);

		assertThat(Json.write(preview)).doesNotContain("Ada", "ADA", "Bob");
		assertThat(preview.more()).isFalse();
		Previewed first = preview.records().get(0);
		assertThat(first.key()).isEqualTo("1");
		assertThat(first.source()).containsEntry("ID", new Shown("integer", "1"))
			.containsEntry("NAME", new Shown("text", "***"))
			.containsEntry("PRICE", new Shown("decimal", "10.00"));
		assertThat(first.target()).containsEntry("id", new Shown("text", "C1"))
			.containsEntry("label", new Shown("text", "***"))
			.containsEntry("gross", new Shown("decimal", "11.90"))
			.containsEntry("state", new Shown("text", "open"))
			.hasSize(4);
		assertThat(preview.records()).extracting((record) -> record.passage().outcome())
			.containsExactly(Outcome.WRITTEN, Outcome.IGNORED, Outcome.FAILED, Outcome.DROPPED);
		assertThat(preview.records().get(1).passage().reason()).isEqualTo("a draft");
		assertThat(preview.records().get(2).passage().reason())
			.contains("property 'gross': cannot be computed: '*' does not take values of these types (price is null)");
		assertThat(preview.records().get(2).target()).isEmpty();

		assertThat(preview("orders", 1).more()).isTrue();
		assertThat(execute("preview", "orders", "--limit", "2")).isZero();
		assertThat(execute("preview", "orders", "--json", "--full")).isZero();
		assertThat(execute("preview", "nobody")).isEqualTo(ExitCode.USAGE.value());
		assertThat(this.application.getBean(SyncEvents.class).newest("orders", 1)).isEmpty();
		assertThat(this.target.queryForList("SELECT * FROM orders")).isEmpty();
	}

	@Test
	void whatExpressionsComputeIsDeliveredVerifiedAndReplayed() throws Exception {
		run("orders", "DELTA");
		assertThat(this.target.queryForList("SELECT id, label, gross FROM orders").toString())
			.isEqualTo("[{ID=C1, LABEL=ADA, GROSS=11.90}]");

		this.source.update("UPDATE orders SET price = 2 WHERE id = 3");
		run("orders", "DELTA");
		assertThat(this.target.queryForList("SELECT id FROM orders ORDER BY id").toString())
			.isEqualTo("[{ID=C1}, {ID=C3}]");
		assertThat(verify("orders").success()).isTrue();
		this.target.update("UPDATE orders SET gross = 0 WHERE id = 'C3'");
		assertThat(verify("orders").success()).isFalse();
		assertThat(execute("validate", "orders")).isZero();
	}

	@Test
	void anExpressionWithAnUnknownColumnIsRefusedBeforeAnythingIsRead() {
		link("typo", "jdbc", "source.connection=crm", "source.table=orders", "mapping.expressions.total=prise * 2");

		assertThat(execute("validate", "typo")).isEqualTo(ExitCode.CONFIGURATION.value());
		assertThat(preview("typo", 1).records()).singleElement()
			.satisfies((record) -> assertThat(record.passage().reason()).contains("'prise'", "did you mean 'PRICE'?"));
	}

	@Test
	void eachStrategyIsPreviewed() {
		link("waiting", "waiting", "source.table=a");
		link("chained", "chained", "source.table=a");
		link("located", "located", "source.table=a", "local-connection=crm");
		link("broken", "broken", "source.table=a");

		RecordPreview waiting = preview("waiting", 10);
		assertThat(waiting.records()).isEmpty();
		assertThat(waiting.strategy()).isEqualTo("DELAY");
		assertThat(waiting.askedAgainAt()).isAfter(Instant.now().plusSeconds(60));
		assertThat(preview("chained", 3).records()).extracting(Previewed::key).containsExactly("0", "1", "2");
		assertThat(preview("chained", 3).more()).isTrue();
		assertThat(preview("chained", 99).records()).hasSize(6);
		assertThat(preview("located", 2).records()).extracting(Previewed::key).containsExactly("1", "2");
		assertThat(preview("located", 2).more()).isTrue();
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> preview("broken", 1))
			.withMessageContaining("Link 'broken'")
			.withMessageContaining("no such export");
	}

	private void link(String name, String adapter, String... settings) {
		String link = "deltasync.links.%s.".formatted(name);
		List<String> all = new ArrayList<>(List.of(link + "source.adapter=" + adapter, link + "target.adapter=jdbc",
				link + "target.connection=warehouse", link + "target.table=orders"));
		for (String setting : settings) {
			all.add(link + setting);
		}
		configure(all.toArray(String[]::new));
	}

	static class WaitingSource implements DelayedPlanningAdapter, SourceAdapterForAcknowledge {

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return FetchStrategy.delay(5, "export");
		}

		@Override
		public FetchStrategy planFetchAgain(LinkContext context, Object scope) {
			throw new IllegalStateException("A preview does not wait");
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, Object scope) {
			return List.of();
		}

		@Override
		public void runSucceeded(LinkContext context) {
			throw new IllegalStateException("A preview acknowledges nothing");
		}

	}

	static class BrokenSource extends WaitingSource {

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			throw new IllegalStateException("no such export");
		}

	}

	static class ChainedSource implements ChainFetchAdapter {

		private int page;

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return FetchStrategy.immediate();
		}

		@Override
		public Iterable<RecordInFlight> fetchRecords(LinkContext context, Object scope) {
			this.page = (scope != null) ? (Integer) scope : 0;
			return List.of(record(2 * this.page), record(2 * this.page + 1));
		}

		private static RecordInFlight record(int id) {
			return new RecordInFlight(Map.of("id", id)).identifiedBy(List.of("id"));
		}

		@Override
		public Object getNextScope() {
			return (this.page < 2) ? this.page + 1 : null;
		}

	}

	static class LocatedSource implements SourceAdapterForRowPush {

		@Override
		public FetchStrategy planFetch(LinkContext context) {
			return FetchStrategy.queryLocator("SELECT id FROM orders ORDER BY id");
		}

		@Override
		public List<RecordInFlight> buildRecords(LinkContext context, List<Map<String, @Nullable Object>> rows) {
			return rows.stream().map((row) -> new RecordInFlight(row).identifiedBy(List.of("ID"))).toList();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Beans {

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		WaitingSource waiting() {
			return new WaitingSource();
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		BrokenSource broken() {
			return new BrokenSource();
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		ChainedSource chained() {
			return new ChainedSource();
		}

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		LocatedSource located() {
			return new LocatedSource();
		}

	}

}
