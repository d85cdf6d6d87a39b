package io.deltasync.codec;

import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.SourceAdapterScopeSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Scopes that would not survive being stored fail the planning; an adapter may write its
 * scopes itself.
 */
class ScopeCodecCheckTests {

	private final ValueCodec codec = new ValueCodec(new PullSource());

	@Test
	void recordThatChangesWhatItIsGivenDoesNotSurvive() {
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> this.codec.writeChecked(new Growing(1)))
			.withMessageContaining(PullSource.class.getName())
			.withMessageContaining(Growing.class.getName())
			.withMessageContaining("{\"next\":2}} would come back as")
			.withMessageContaining("implement SourceAdapterScopeSerializer");
	}

	@Test
	void recordThatCopiesItsSetSurvives() {
		Copying copying = new Copying(Set.of("a", "b", "c", "d", "e", "f", "g"));
		assertThat(this.codec.read(this.codec.writeChecked(copying))).isEqualTo(copying);
	}

	@Test
	void recordOfAnArraySurvivesThoughItEqualsNoOther() {
		assertThat(this.codec.writeChecked(new Bytes(new byte[] { 1 }))).contains("\"AQ==\"");
	}

	@Test
	void objectThatDoesNotEqualWhatComesBackDoesNotSurvive() {
		assertThatExceptionOfType(UnstorableScopeException.class)
			.isThrownBy(() -> this.codec.writeChecked(new Forgetting("a")))
			.withMessageContaining("does not equal");
	}

	@Test
	void objectThatCannotBeMadeAgainDoesNotSurvive() {
		assertThatExceptionOfType(UnstorableScopeException.class)
			.isThrownBy(() -> this.codec.writeChecked(new OnlyOnce("a")))
			.withMessageContaining("made twice")
			.withMessageContaining("implement SourceAdapterScopeSerializer");
	}

	@Test
	void adapterThatWritesItsScopesItselfDoes() {
		ValueCodec own = new ValueCodec(new OwnSource());
		assertThat(own.writeChecked("a")).isEqualTo("own:a");
		assertThat(own.read("own:a")).isEqualTo("a");
	}

	@Test
	void ownTextMayDifferEachTimeWhileTheScopeIsEqual() {
		ValueCodec own = new ValueCodec(new OwnSource() {

			@Override
			public String serializeScope(Object scope) {
				return "own:" + scope + "#" + UUID.randomUUID();
			}

		});
		assertThat(own.writeChecked("a")).startsWith("own:a#");
	}

	@Test
	void ownTextThatLosesSomethingDoesNotSurvive() {
		ValueCodec own = new ValueCodec(new OwnSource());
		assertThatExceptionOfType(UnstorableScopeException.class).isThrownBy(() -> own.writeChecked("a#b"))
			.withMessageContaining("does not equal")
			.withMessageContaining("deserializeScope");
		assertThatExceptionOfType(UnstorableScopeException.class).isThrownBy(() -> own.writeChecked("null"))
			.withMessageContaining("serializeScope returned null");
		assertThatExceptionOfType(UnstorableScopeException.class).isThrownBy(() -> own.writeChecked("a\0b"))
			.withMessageContaining("U+0000");
	}

	@Test
	void whatTheAdapterThrowsNamesAdapterAndText() {
		ValueCodec own = new ValueCodec(new OwnSource());
		assertThatExceptionOfType(UnreadableScopeException.class).isThrownBy(() -> own.read("other"))
			.withMessageContaining(OwnSource.class.getName())
			.withMessageContaining("the stored scope other: not mine");
	}

	record Growing(int next) {

		Growing {
			next++;
		}

	}

	record Copying(Set<String> names) {

		Copying {
			names = Set.copyOf(names);
		}

	}

	record Bytes(byte[] bytes) {
	}

	static final class Forgetting {

		private final transient @Nullable String name;

		Forgetting() {
			this(null);
		}

		Forgetting(@Nullable String name) {
			this.name = name;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Forgetting forgetting && Objects.equals(this.name, forgetting.name);
		}

		@Override
		public int hashCode() {
			return Objects.hashCode(this.name);
		}

	}

	record OnlyOnce(String name) {

		private static boolean made;

		OnlyOnce {
			if (made) {
				throw new IllegalStateException(name + " made twice");
			}
			made = true;
		}

	}

	static class OwnSource extends PullSource implements SourceAdapterScopeSerializer {

		@Override
		public @Nullable String serializeScope(Object scope) {
			return scope.equals("null") ? null : "own:" + scope;
		}

		@Override
		public Object deserializeScope(String text) {
			if (!text.startsWith("own:")) {
				throw new IllegalArgumentException("not mine");
			}
			return text.substring(4).split("#")[0];
		}

	}

}
