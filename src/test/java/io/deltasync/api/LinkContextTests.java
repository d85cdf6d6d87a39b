package io.deltasync.api;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LinkContextTests {

	@Test
	void defaultsOfTheBuilderDescribeAFirstRun() {
		LinkContext context = LinkContext.builder().build();

		assertThat(context.batchSizeLimit()).isEqualTo(1000);
		assertThat(context.lastSuccessfulSync()).isNull();
		assertThat(context.lastSuccessfulCursor()).isNull();
		assertThat(context.runTimestamp()).isNotNull();
		assertThat(context.testingMode() || context.isReplay() || context.isFullRun()).isFalse();
	}

	@Test
	void theBuilderSetsEverything() {
		LinkContext context = everything().build();

		assertThat(context).isEqualTo(new LinkContext("customers", "customer", "customer_copy", 20,
				Instant.ofEpochSecond(1), "200", Instant.ofEpochSecond(2), true, true, true));
	}

	@Test
	void copyContainsAllValuesAndCanBeChanged() {
		LinkContext context = everything().build();

		assertThat(context.toBuilder().build()).isEqualTo(context);
		assertThat(context.toBuilder().lastSuccessfulCursor(null).build().lastSuccessfulCursor()).isNull();
		assertThat(context.lastSuccessfulCursor()).isEqualTo("200");
	}

	@Test
	void batchSizeLimitMustBePositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> LinkContext.builder().batchSizeLimit(0))
			.withMessage("batchSizeLimit is 0; give 1 or more");
	}

	private static LinkContext.Builder everything() {
		return LinkContext.builder()
			.linkName("customers")
			.linkSourceName("customer")
			.linkTargetName("customer_copy")
			.batchSizeLimit(20)
			.lastSuccessfulSync(Instant.ofEpochSecond(1))
			.lastSuccessfulCursor("200")
			.runTimestamp(Instant.ofEpochSecond(2))
			.testingMode(true)
			.replay(true)
			.fullRun(true);
	}

}
