package io.deltasync.api;

import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RunContextTests {

	@Test
	void outsideARunTheMessageExplainsHowToTestAnAdapter() {
		assertThatIllegalStateException().isThrownBy(RunContext::currentContext)
			.withMessageStartingWith("There is no run on this thread")
			.withMessageContaining("new RunContext().call(() -> adapter.planFetch(context))");
	}

	@Test
	void contextIsCurrentInsideItsCall() throws Exception {
		RunContext context = new RunContext();

		RunContext seen = context.call(RunContext::currentContext);

		assertThat(seen).isSameAs(context);
		assertThatIllegalStateException().isThrownBy(RunContext::currentContext);
	}

	@Test
	void nestedCallRestoresTheOuterContext() throws Exception {
		RunContext outer = new RunContext();
		RunContext inner = new RunContext();

		outer.call(() -> {
			assertThat(inner.call(RunContext::currentContext)).isSameAs(inner);
			assertThat(RunContext.currentContext()).isSameAs(outer);
			return null;
		});
	}

	@Test
	void failedCallLeavesNoCurrentContext() {
		RunContext outer = new RunContext();

		assertThatExceptionOfType(java.io.IOException.class).isThrownBy(() -> outer.call(() -> {
			assertThatIllegalStateException().isThrownBy(() -> new RunContext().call(() -> {
				throw new IllegalStateException("inner");
			}));
			assertThat(RunContext.currentContext()).isSameAs(outer);
			throw new java.io.IOException("outer");
		}));
		assertThatIllegalStateException().isThrownBy(RunContext::currentContext);
	}

	@Test
	void contextIsNotVisibleToOtherThreads() throws Exception {
		new RunContext().call(() -> {
			assertThat(CompletableFuture.runAsync(RunContext::currentContext))
				.failsWithin(java.time.Duration.ofSeconds(5))
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(IllegalStateException.class);
			return null;
		});
	}

	@Test
	void lastCursorWins() {
		RunContext context = new RunContext();
		assertThat(context.cursor()).isNull();

		context.setCursor("200");
		context.setCursor("300");

		assertThat(context.cursor()).isEqualTo("300");
	}

	@Test
	void cursorMayBeEmptyOrTwoThousandCharactersLong() {
		RunContext context = new RunContext();

		context.setCursor("");
		assertThat(context.cursor()).isEmpty();
		context.setCursor("x".repeat(2000));
		assertThat(context.cursor()).hasSize(2000);
	}

	@Test
	void cursorThatCannotBeStoredIsRefusedAndTheLastOneKept() {
		RunContext context = new RunContext();
		context.setCursor("200");

		assertThatIllegalArgumentException().isThrownBy(() -> context.setCursor(null))
			.withMessage("A cursor is a text of up to 2000 characters, but this one is null");
		assertThatIllegalArgumentException().isThrownBy(() -> context.setCursor("x".repeat(2001)))
			.withMessage("A cursor is a text of up to 2000 characters, but this one has 2001");
		assertThatIllegalArgumentException().isThrownBy(() -> context.setCursor("3\0")).withMessageContaining("U+0000");
		assertThat(context.cursor()).isEqualTo("200");
	}

	@Test
	void warningsAreKeptInOrder() {
		RunContext context = new RunContext();

		context.addWarning("first");
		context.addWarning("second");

		assertThat(context.warnings()).containsExactly("first", "second");
	}

	@Test
	void warningWithoutATextIsRefusedAtOnce() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RunContext().addWarning(null))
			.withMessageContaining("null");
	}

}
