package io.deltasync.link;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LinkIdentityTests {

	private static final LinkIdentity IDENTITY = new LinkIdentity("shop.customer", "warehouse.customer", "id", "",
			"updated_at", "abc");

	private static final Map<String, String> OPTIONS = Map.of("adapter", "erp", "table", "a", "connection", "crm",
			"key.0", "Id", "key.1", "region", "deltacolumn", "Changed", "where", "x > 1", "pagesize", "50",
			"readtimeout", "3s", "bulk", "true");

	@Test
	void identityIsStoredAndRead() {
		assertThat(LinkIdentity.fromJson(IDENTITY.toJson())).isEqualTo(IDENTITY);
	}

	@Test
	void identityOfAnotherVersionCanBeRead() {
		assertThat(LinkIdentity.fromJson("{\"source\":\"a\",\"target\":\"b\",\"colour\":\"red\"}"))
			.isEqualTo(new LinkIdentity("a", "b", "", "", "", ""));
	}

	@Test
	void everyDifferenceExceptTheShapeIsNamed() {
		LinkIdentity other = new LinkIdentity("shop.orders", "warehouse.orders", "no", "number", "", "def");

		assertThat(IDENTITY.changesSince(IDENTITY.deliveredAs(other).withProperties(List.of("id")))).isEmpty();
		assertThat(other.changesSince(IDENTITY)).containsExactly("the source is 'shop.orders' and was 'shop.customer'",
				"the target is 'warehouse.orders' and was 'warehouse.customer'",
				"the source's key is 'no' and was 'id'", "the target's key is 'number' and was not configured",
				"the delta column is not configured and was 'updated_at'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "\"", "\u0001", "ä" })
	void storedFormFitsAJobParameterHoweverLongItsParts(String sign) {
		String text = sign.repeat(5000);
		LinkIdentity identity = new LinkIdentity(text, text, text, text, text, "0".repeat(64))
			.withProperties(List.of(text, "id"));

		assertThat(identity.toJson()).hasSizeLessThan(2500);
		assertThat(LinkIdentity.fromJson(identity.toJson())).isEqualTo(identity);
		assertThat(new LinkIdentity(text + "y", text, text, text, text, "0".repeat(64)).changesSince(identity))
			.hasSize(1);
	}

	@Test
	void optionsIdentifyDataWithoutTuningAndConnectionNames() {
		EndOptions options = EndOptions.of(OPTIONS, "table", Map.of("crm", "mysql://crm:3306/crm")::get);

		assertThat(options.key()).isEqualTo("id, region");
		assertThat(options.deltaColumn()).isEqualTo("changed");
		assertThat(options.describe(new Endpoint("erpSource", "a")))
			.isEqualTo("erpSource a, connection=mysql://crm:3306/crm, where=x > 1");
	}

	@Test
	void notationOfAListOfKeysDoesNotMatter() {
		assertThat(List.of(EndOptions.of(Map.of("key", "id,Region"), "table", Map.<String, String>of()::get).key(),
				EndOptions.of(Map.of("key.0", "ID", "key.1", "region"), "table", Map.<String, String>of()::get).key()))
			.containsOnly("id, region");
	}

}
