package io.deltasync.jdbc.dialect;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SimilarNamesTests {

	@Test
	void mostSimilarNamesAreListed() {
		assertThat(SimilarNames.describe("custmer", List.of("orders", "customer", "items", "CUSTOMERS", "a", "b")))
			.isEqualTo("the closest of its 6 tables are: customer, CUSTOMERS, items, orders, a");
	}

	@Test
	void fewNamesAreAllListed() {
		assertThat(SimilarNames.describe("x", List.of("b", "a"))).isEqualTo("there are: a, b");
		assertThat(SimilarNames.describe("x", List.of())).isEqualTo("it has no tables at all");
	}

}
