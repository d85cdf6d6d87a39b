package io.deltasync.link;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.deltasync.config.ConfigurationException;
import io.deltasync.config.ConfigurationProblem;
import io.deltasync.config.Cron;
import io.deltasync.config.LinkNames;
import io.deltasync.config.Schedule;
import io.deltasync.config.YamlEnvironment;
import io.deltasync.link.AdaptersForTests.DbSource;
import io.deltasync.link.AdaptersForTests.DbTarget;
import io.deltasync.link.AdaptersForTests.Mode;
import io.deltasync.link.AdaptersForTests.PlainTarget;
import io.deltasync.link.AdaptersForTests.SettersSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LinksTests {

	private static final String CUSTOMERS = """
			deltasync:
			  links:
			    customers:
			      source: { adapter: db, table: customer, connection: crm, key: id }
			      target: { adapter: plainTarget, table: customer_copy }
			""";

	@Test
	void aLinkHasItsSettingsAndTheirDefaults() {
		Link link = links(CUSTOMERS).get("customers");

		assertThat(link.name()).isEqualTo("customers");
		assertThat(link.source()).isEqualTo(new Endpoint("dbSource", "customer"));
		assertThat(link.target()).isEqualTo(new Endpoint("plainTarget", "customer_copy"));
		assertThat(link.batchSizeLimit()).isEqualTo(1000);
		assertThat(link.parallel()).isTrue();
		assertThat(link.lanes()).isEqualTo(
				LinkSettings.lanesFor(Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory()));
		assertThat(link.mapping().isIdentity()).isTrue();
	}

	@Test
	void aLinkIsConfiguredInRelaxedSpellings() {
		Link link = links("""
				deltasync:
				  links:
				    customers:
				      batchSizeLimit: 17
				      lanes: 3
				      source:
				        adapter: db
				        table: customer
				        connection: ${db.name}
				        key: [id, region]
				        deltaColumn: updated_at
				        overlap: 90s
				        mode: very-careful
				        fetch-size: 5
				        login: { user: me, password: secret }
				      target: { adapter: db, table: customer_copy }
				db.name: crm
				""").get("customers");

		assertThat(link.batchSizeLimit()).isEqualTo(17);
		assertThat(link.lanes()).isEqualTo(3);
		assertThat(((DbSource) link.newSource()).options)
			.isEqualTo(new AdaptersForTests.DbOptions("crm", List.of("id", "region"), "updated_at",
					Duration.ofSeconds(90), Mode.VERY_CAREFUL, 5, null, new AdaptersForTests.Login("me", "secret")));
		assertThat(link.newTarget()).isInstanceOf(DbTarget.class);
	}

	@Test
	void retriesHaveDefaults() {
		assertThat(links(CUSTOMERS).get("customers").retry())
			.isEqualTo(new RetrySettings(3, Duration.ofSeconds(1), 2, Duration.ofSeconds(30)));
		assertThat(links(CUSTOMERS + "      retry: { attempts: 5, delay: 100ms }\n").get("customers").retry())
			.isEqualTo(new RetrySettings(5, Duration.ofMillis(100), 2, Duration.ofSeconds(30)));
	}

	@Test
	void invalidRetrySettingsAreAllReported() {
		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(
				() -> links(CUSTOMERS + "      retry: { attempts: 0, delay: 10s, multiplier: 0.5, max-delay: 1s }\n"))
			.satisfies((ex) -> assertThat(ex.problems()).extracting(ConfigurationProblem::property)
				.containsExactlyInAnyOrder("deltasync.links.customers.retry.attempts",
						"deltasync.links.customers.retry.multiplier", "deltasync.links.customers.retry.max-delay"));
	}

	@Test
	void softDeleteValuesHaveTheTypesOfTheMapping() {
		Link link = links(CUSTOMERS.replace("plainTarget", "deletingTarget") + """
				      deletes: soft
				      soft-delete: { gone: 1, by: DeltaSync }
				      mapping: { types: { gone: boolean, id: text } }
				""").get("customers");

		assertThat(link.deletes()).isEqualTo(Link.Deletes.SOFT);
		assertThat(link.softDelete()).isEqualTo(Map.of("gone", true, "by", "DeltaSync"));
		assertThat(links(CUSTOMERS + "      deletes: off").get("customers").deletes()).isEqualTo(Link.Deletes.OFF);
	}

	@Test
	void scheduleIsATextOrACronExpressionWithAZone() {
		assertThat(links(CUSTOMERS).get("customers").schedule()).isNull();
		assertThat(links(CUSTOMERS + "      schedule: '0 30 3 * * *'\n").get("customers").schedule())
			.isEqualTo(new Schedule(Cron.valueOf("0 30 3 * * *"), ZoneOffset.UTC));
		assertThat(links(CUSTOMERS + "      schedule: { cron: '@daily', zone: Europe/Berlin }\n").get("customers")
			.schedule()).isEqualTo(new Schedule(Cron.valueOf("@daily"), ZoneId.of("Europe/Berlin")));
		assertThat(links(CUSTOMERS + "      schedule: { cron: '@daily' }\n").get("customers").schedule().zone())
			.isEqualTo(ZoneId.of("UTC"));
	}

	@Test
	void linkMayRunAfterAnother() {
		Links links = links(
				"""
						deltasync.links:
						  first: { source: { adapter: setters, table: a }, target: { adapter: plain, table: b } }
						  second: { run-after: first, source: { adapter: setters, table: a }, target: { adapter: plain, table: b } }
						""");

		assertThat(links.get("first").runAfter()).isNull();
		assertThat(links.get("second").runAfter()).isEqualTo(RunAfter.valueOf("first"));
	}

	@Test
	void linkThatIsNotParallelHasOneLane() {
		Link link = links(CUSTOMERS + "      parallel: false\n      lanes: 7\n").get("customers");

		assertThat(link.lanes()).isEqualTo(1);
		assertThat(link.parallel()).isFalse();
	}

	@Test
	void eachExecutionContextHasItsOwnAdapter() {
		Link link = links(CUSTOMERS).get("customers");

		assertThat(link.newSource()).isNotSameAs(link.newSource());
		assertThat(link.newTarget()).isInstanceOf(PlainTarget.class).isNotSameAs(link.newTarget());
	}

	@Test
	void optionsMayBeAClassWithSetters() {
		Link link = links("""
				deltasync.links.files:
				  source: { adapter: setters, table: a, depth: 4 }
				  target: { adapter: plain, table: b }
				""").get("files");

		SettersSource source = (SettersSource) link.newSource();
		assertThat(source.options).extracting("path", "depth").containsExactly("default", 4);
		assertThat(link.target().adapterBean()).isEqualTo("plainTarget");
	}

	@Test
	void namesMayContainBlanksSlashesColonsAndDots() {
		YamlEnvironment environment = new YamlEnvironment("""
				deltasync:
				  links:
				    "[Contacts: EU/daily]":
				      source: { adapter: db, table: a, connection: crm, key: id }
				      target: { adapter: plain, table: b }
				    "[orders.v2]":
				      source: { adapter: db, table: a, connection: crm, key: id }
				      target: { adapter: plain, table: b }
				    "[Ümläut ö_9]":
				      source: { adapter: db, table: a, connection: crm, key: id }
				      target: { adapter: plain, table: b }
				    1st:
				      source: { adapter: db, table: a, connection: crm, key: id }
				      target: { adapter: plain, table: b }
				""");

		Links links = new Links(AdaptersForTests.beans(), environment);

		assertThat(links.all()).extracting(Link::name)
			.containsExactly("Contacts: EU/daily", "orders.v2", "Ümläut ö_9", "1st");
		assertThat(links.get("Contacts: EU/daily").source().table()).isEqualTo("a");
		assertThat(LinkNames.of(environment)).isEqualTo(links.all().stream().map(Link::name).toList());
	}

	@Test
	void linksKeepTheOrderOfTheConfiguration() {
		StringBuilder yaml = new StringBuilder("deltasync.links:\n");
		List<String> names = List.of("zebra", "ant", "mole", "bee");
		names.forEach((name) -> yaml.append("""
				  %s:
				    source: { adapter: db, table: a, connection: crm, key: id }
				    target: { adapter: plain, table: b }
				""".formatted(name)));
		YamlEnvironment environment = new YamlEnvironment(yaml.toString());

		assertThat(new Links(AdaptersForTests.beans(), environment).all()).extracting(Link::name).isEqualTo(names);
		assertThat(LinkNames.of(environment)).isEqualTo(names);
	}

	@Test
	void environmentVariablesOverrideAFileWithoutCreatingAnotherLink() {
		YamlEnvironment environment = new YamlEnvironment(CUSTOMERS.replace("customers", "Customers"))
			.withVariables(Map.of("DELTASYNC_LINKS_CUSTOMERS_SOURCE_TABLE", "other",
					"DELTASYNC_LINKS_CUSTOMERS_BATCHSIZELIMIT", "5", "DELTASYNC_PORT", "tcp://10.0.0.1:80"));

		Links links = new Links(AdaptersForTests.beans(), environment);

		assertThat(LinkNames.of(environment)).containsExactly("Customers");
		assertThat(links.get("Customers").source().table()).isEqualTo("other");
		assertThat(links.get("Customers").batchSizeLimit()).isEqualTo(5);
	}

	@Test
	void linksMayBeEmpty() {
		YamlEnvironment environment = new YamlEnvironment("spring.application.name: empty");

		assertThat(new Links(AdaptersForTests.beans(), environment).all()).isEmpty();
		assertThat(LinkNames.of(environment)).isEmpty();
	}

	@Test
	void linkReadOnDemandIsNotAffectedByProblemsOfOthers() {
		Links links = onDemand(CUSTOMERS + """
				    broken:
				      source: { adapter: nothing, table: a }
				      colour: red
				    "[two words]":
				      source: { adapter: db, table: a, connection: x, key: id }
				      target: { adapter: plainTarget, table: b }
				      run-after: { link: customers }
				""");

		assertThat(links.get("customers").name()).isEqualTo("customers");
		assertThat(links.get("customers")).isSameAs(links.get("customers"));
		assertThat(links.get("two words").runAfter()).isEqualTo(RunAfter.valueOf("customers"));
		assertThat(links.names()).containsExactly("customers", "broken", "two words");
		for (int times = 0; times < 2; times++) {
			assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> links.get("broken"))
				.withMessageContaining("nothing")
				.withMessageContaining("colour")
				.withMessageContaining("target");
		}
		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(links::all).withMessageContaining("nothing");
	}

	@Test
	void connectionsAndEngineSettingsAreCheckedForALinkReadOnDemand() {
		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> onDemand(
					CUSTOMERS + "      lane: 2\n  connections: { crm: { url: \"jdbc:nothing\" } }\n  leese: 5s\n"))
			.withMessageContaining("deltasync.links.customers.lane")
			.withMessageContaining("deltasync.connections.crm.url")
			.withMessageContaining("deltasync.leese");
	}

	@Test
	void linkReadOnDemandRunsAfterAnExistingLinkButNotAfterItself() {
		String chain = CUSTOMERS + """
				      run-after: second
				    second:
				      run-after: %s
				""";

		assertThat(onDemand(chain.formatted("third") + "    third: { lanes: 1 }\n").get("customers").runAfter())
			.isEqualTo(RunAfter.valueOf("second"));
		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> onDemand(chain.formatted("customers")).get("customers"))
			.withMessageContaining("closes a cycle");
		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> onDemand(CUSTOMERS + "      run-after: custmers\n").get("customers"))
			.withMessageContaining("names the Link 'custmers', which does not exist");
	}

	@Test
	void alteredNameIsReportedWhenItsLinkIsRead() {
		Links links = onDemand(CUSTOMERS + "    a/b: { colour: red }\n");

		assertThat(links.get("customers")).isNotNull();
		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> links.get("a/b"))
			.withMessageContaining("write the key in brackets and quotes");
	}

	@Test
	void messageAboutAnUnknownLinkAmongManyShowsSimilarNamesAndTheTotal() {
		StringBuilder yaml = new StringBuilder("deltasync:\n  links:\n");
		for (int i = 0; i < 1000; i++) {
			yaml.append("    link%d: { lanes: 1 }\n".formatted(i));
		}

		assertThatExceptionOfType(UnknownLinkException.class).isThrownBy(() -> onDemand(yaml.toString()).get("lnk17"))
			.withMessage("There is no Link 'lnk17' (did you mean 'link17'?)\n"
					+ "1000 Links are configured; the most similar names are: link17, link1, link7, link10, link11");
	}

	private static Links onDemand(String yaml) {
		return Links.onDemand(AdaptersForTests.beans(), new YamlEnvironment(yaml));
	}

	@Test
	void messageAboutAnUnknownLinkListsTheConfiguredOnes() {
		assertThatExceptionOfType(UnknownLinkException.class).isThrownBy(() -> links(CUSTOMERS).get("custmers"))
			.withMessage("There is no Link 'custmers' (did you mean 'customers'?)\nLinks: customers");
		assertThatExceptionOfType(UnknownLinkException.class).isThrownBy(() -> links("a: b").get("x"))
			.withMessageContaining("none is configured");
	}

	private static Links links(String yaml) {
		return new Links(AdaptersForTests.beans(), new YamlEnvironment(yaml));
	}

	@Test
	void defaultNumberOfLanesDependsOnProcessorsAndHeap() {
		long gibibyte = 1L << 30;
		assertThat(LinkSettings.lanesFor(2, gibibyte)).isEqualTo(4);
		assertThat(LinkSettings.lanesFor(64, 4 * gibibyte)).isEqualTo(64);
		assertThat(LinkSettings.lanesFor(32, gibibyte / 4)).isEqualTo(16);
		assertThat(LinkSettings.lanesFor(1, 1)).isEqualTo(1);
	}

}
