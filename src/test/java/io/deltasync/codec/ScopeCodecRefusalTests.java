package io.deltasync.codec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is not written, and which texts are not read.
 */
class ScopeCodecRefusalTests {

	@TempDir
	private static Path directory;

	private final ValueCodec codec = new ValueCodec(new AccountSource());

	@ParameterizedTest
	@ValueSource(strings = { "{\"@java.lang.Runtime\":{}}", "{\"@javax.script.ScriptEngineManager\":{}}",
			"{\"@.java.lang.Runtime\":{}}", "{\"@vendor.other.Neighbour\":{}}", "{\"@.other.Neighbour\":{}}",
			"{\"@..other.Neighbour\":{}}", "{\"@./other/Neighbour\":{}}", "{\"@.../other.Neighbour\":{}}",
			"{\"@.Neighbour\":{}}", "{\"@.\":{}}", "{\"@\":{}}", "{\"@.Source\":{}}",
			"[{\"a\":{\"@vendor.other.Neighbour\":{}}}]",
			"{\"@.Source$MyScope\":{\"requestId\":{\"@vendor.other.Neighbour\":{}}}}" })
	void forgedTextNeitherMakesNorInitialisesAClass(String text) throws Exception {
		try (Compiled compiled = Compiled.in(directory)) {
			ValueCodec compiledCodec = new ValueCodec(compiled.source());
			assertThatExceptionOfType(UnreadableScopeException.class).isThrownBy(() -> compiledCodec.read(text))
				.withMessageStartingWith(
						"source adapter vendor.source.Source cannot read back the stored scope " + text);
			assertThat(System.getProperty(Compiled.INITIALISED)).isNull();
			compiled.outsider();
			assertThat(System.getProperty(Compiled.INITIALISED)).isEqualTo("true");
		}
	}

	@Test
	void classOfAnotherClassLoaderIsNotRead() throws Exception {
		try (Compiled compiled = Compiled.in(directory)) {
			ValueCodec guest = new ValueCodec(compiled.guest());
			assertThatExceptionOfType(UnreadableScopeException.class)
				.isThrownBy(() -> guest.read("{\"@.StoredTextTests$Empty\":{}}"))
				.withMessageContaining("names neither a known type nor a class of the adapter");
		}
	}

	@Test
	void packagesAreNotBelowTheUnnamedPackage() throws Exception {
		try (Compiled compiled = Compiled.in(directory)) {
			ValueCodec nameless = new ValueCodec(compiled.nameless());
			assertThatExceptionOfType(UnreadableScopeException.class)
				.isThrownBy(() -> nameless.read("{\"@.vendor.other.Neighbour\":{}}"))
				.withMessageContaining("names neither a known type nor a class of the adapter");
			assertThat(System.getProperty(Compiled.INITIALISED)).isNull();
		}
	}

	@Test
	void classOfAnotherPackageIsNotWritten(@TempDir Path directory) throws Exception {
		try (Compiled compiled = Compiled.in(directory)) {
			refuse(new ValueCodec(compiled.source()), compiled.outsider(),
					"vendor.source.Source, a vendor.other.Neighbour, cannot be stored", "own package and class loader");
		}
	}

	@Test
	void classOfAnotherClassLoaderIsNotWritten(@TempDir Path one, @TempDir Path other) throws Exception {
		try (Compiled compiled = Compiled.in(directory); Compiled again = Compiled.in(directory)) {
			refuse(new ValueCodec(compiled.source()), again.scope("r", "a", 1), "own package and class loader");
		}
	}

	@Test
	void objectsThatAreNotTheirFieldsAreNotWritten() {
		Runnable lambda = () -> {
		};
		String around = String.valueOf(System.nanoTime());
		class Local {

			String text() {
				return around;
			}

		}
		refuse(this.codec, lambda, "Lambda");
		refuse(this.codec, new Object() {
		}, "anonymous");
		refuse(this.codec, new Local(), "its enclosing method");
		refuse(this.codec, new AccountSource(), "an adapter");
		refuse(this.codec, new Thread(), "java.lang.Thread");
		refuse(this.codec, new Lists(), "extends java.util.");
		refuse(this.codec, new Object(), "java.lang.Object");
		refuse(this.codec, new Unrelated().new Inner(),
				"Unrelated$Inner is an inner class of another class than the adapter");
		refuse(this.codec, new String[] { "a" }, "in a field that declares it");
		refuse(this.codec, List.of(Map.of("a", Set.of(Thread.State.NEW))), "in a field that declares it");
	}

	@Test
	void objectOfAnInnerClassIsNoProperty() {
		ValueCodec properties = ValueCodec.ofProperties(AccountSource.class);
		assertThatExceptionOfType(UnstorableScopeException.class)
			.isThrownBy(() -> properties.writeChecked(Map.of("a", new AccountSource().new MyScope("r", 1))))
			.withMessageContaining("only scopes may contain objects of inner classes")
			.withMessageContaining("let the adapter return properties");
	}

	@Test
	void whatContainsItselfIsNotWritten() {
		Node node = new Node();
		node.next = node;
		List<Object> list = new ArrayList<>();
		list.add(list);
		Map<String, Object> map = new HashMap<>();
		map.put("self", map);
		Node throughSet = new Node();
		throughSet.others = new HashSet<>(List.of(throughSet, new Node()));
		for (Object scope : new Object[] { node, list, map, throughSet }) {
			assertThatExceptionOfType(UnstorableScopeException.class).isThrownBy(() -> this.codec.write(scope))
				.withMessageContaining("contains itself");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "null", "abc", "{", "[1", "[1,]", "\"a", "1 2", "{}{}", "2147483648",
			"{\"a\":1,\"a\":2}", "{\"@long\":\"5\"}", "{\"@long\":5.0}", "{\"@long\":null}", "{\"@long\":5,\"b\":1}",
			"{\"@long\":{}}", "{\"@date\":\"2026-02-30\"}", "{\"@set\":[1,1]}", "{\"@set\":{}}", "{\"@map\":[[1]]}",
			"{\"@map\":[[1,2,3]]}", "{\"@list\":5}", "{\"@char\":\"ab\"}", "{\"@bytes\":\"*\"}", "{\"@nothing\":1}",
			"{\"@zone\":\"Nowhere\"}", "{\"@.ScopeCodecObjectsTests$Level\":\"MIDDLE\"}",
			"{\"@.ScopeCodecObjectsTests$Range\":{}}", "{\"@.ScopeCodecObjectsTests$Range\":{\"from\":null}}",
			"{\"@.ScopeCodecObjectsTests$Range\":{\"from\":1,\"since\":2}}",
			"{\"@.ScopeCodecObjectsTests$Range\":{\"from\":1,\"from\":2}}",
			"{\"@.ScopeCodecObjectsTests$Range\":{\"from\":1.5}}",
			"{\"@.ScopeCodecObjectsTests$Range\":{\"from\":1,\"to\":\"2\"}}", "{\"@.ScopeCodecObjectsTests$Range\":[]}",
			"{\"@.ScopeCodecObjectsTests$Any\":{\"object\":{\"@.ScopeCodecObjectsTests\":{}}, \"x\":0}}" })
	void brokenTextIsNotRead(String text) {
		assertThatExceptionOfType(UnreadableScopeException.class).isThrownBy(() -> this.codec.read(text))
			.withMessageStartingWith(
					"source adapter io.deltasync.codec.AccountSource cannot read back the stored scope");
	}

	@Test
	void messageShowsTheFirst200CharactersOfTheText() {
		assertThatExceptionOfType(UnreadableScopeException.class).isThrownBy(() -> this.codec.read("x".repeat(300)))
			.withMessageContaining("scope " + "x".repeat(200) + "…:");
		assertThatExceptionOfType(UnreadableScopeException.class)
			.isThrownBy(() -> this.codec.read("[".repeat(100_000)));
	}

	@Test
	void garbageIsReadOrRefusedButNeverBreaksOut() {
		Random random = new Random(42);
		List<String> pieces = List.of("{", "}", "[", "]", ",", ":", "\"", "\"@long\"", "\"@.AccountSource$MyScope\"",
				"\"@set\"", "\"@map\"", "\"offset\"", "\"a\"", "null", "true", "-", "1", "1e9", ".5", "\\u00", "\ud800",
				"\"@.AccountSource\"", "\"@decimal\"", "\"@.Form\"", "\"@.ScopeCodecRefusalTests$Node\"", "\"next\"",
				"\"others\"", " ", "\u0000");
		for (int round = 0; round < 20_000; round++) {
			StringBuilder text = new StringBuilder();
			for (int length = random.nextInt(12); length >= 0; length--) {
				text.append(pieces.get(random.nextInt(pieces.size())));
			}
			try {
				this.codec.writeChecked(this.codec.read(text.toString()));
			}
			catch (UnreadableScopeException ex) {
				assertThat(ex).hasMessageContaining("AccountSource");
			}
		}
	}

	@Test
	void wellFormedTextWithAMistakeIsReadOrRefusedButNeverBreaksOut() {
		Random random = new Random(43);
		Node node = new Node();
		node.next = new Node();
		node.others = new HashSet<>(List.of("a", 5L, List.of(Map.of(1, 2))));
		String written = this.codec.writeChecked(node);
		for (int round = 0; round < 20_000; round++) {
			StringBuilder text = new StringBuilder(written);
			for (int mistakes = random.nextInt(3); mistakes >= 0; mistakes--) {
				text.setCharAt(random.nextInt(text.length()), written.charAt(random.nextInt(written.length())));
			}
			try {
				this.codec.read(text.toString());
			}
			catch (UnreadableScopeException ex) {
				assertThat(ex).hasMessageContaining("AccountSource");
			}
		}
	}

	private static void refuse(ValueCodec codec, Object scope, String... reasons) {
		assertThatExceptionOfType(UnstorableScopeException.class).isThrownBy(() -> codec.writeChecked(scope))
			.withMessageContainingAll(reasons)
			.withMessageContaining("implement SourceAdapterScopeSerializer")
			.withMessageContaining(scope.getClass().getName());
	}

	static final class Node {

		private @Nullable Node next;

		private @Nullable Set<Object> others;

	}

	static final class Lists extends ArrayList<String> {

		private static final long serialVersionUID = 1L;

	}

	static final class Unrelated {

		private final String name = "unrelated";

		final class Inner {

			String name() {
				return Unrelated.this.name;
			}

		}

	}

}
