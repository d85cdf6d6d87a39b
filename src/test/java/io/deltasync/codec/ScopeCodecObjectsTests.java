package io.deltasync.codec;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records, enums and plain classes of the adapter as scopes.
 */
class ScopeCodecObjectsTests {

	private final AccountSource adapter = new AccountSource();

	private final ValueCodec codec = new ValueCodec(this.adapter);

	@Test
	void scopeClassOfTheSeedComesBackThoughItIsAnInnerClass() {
		Object back = roundTrip(this.adapter.new MyScope("r-1", 200));
		assertThat(back).isInstanceOf(AccountSource.MyScope.class).hasToString("r-1@200");
		assertThat(((AccountSource.MyScope) back).source()).isSameAs(this.adapter);
		assertThat(this.codec.write(this.adapter.new MyScope("r-1", 200)))
			.isEqualTo("{\"@.AccountSource$MyScope\":{\"requestId\":\"r-1\",\"offset\":200}}");
	}

	@Test
	void nullFieldsAreLeftOutAndComeBackNull() {
		assertThat(roundTrip(this.adapter.new MyScope(null, null))).hasToString("null@null");
		assertThat(this.codec.write(this.adapter.new MyScope(null, 1)))
			.isEqualTo("{\"@.AccountSource$MyScope\":{\"offset\":1}}");
	}

	@Test
	void scopeClassWithoutParameterNamesComesBack(@TempDir Path directory) throws Exception {
		try (Compiled compiled = Compiled.in(directory)) {
			ValueCodec compiledCodec = new ValueCodec(compiled.source());
			Object scope = compiled.scope("r-1", "a", 200);
			assertThat(scope.getClass().getDeclaredConstructors()[0].getParameters()[0].isNamePresent()).isFalse();
			Object back = compiledCodec.read(compiledCodec.writeChecked(scope));
			assertThat(back).hasSameClassAs(scope).hasToString("r-1 a 200");
		}
	}

	@Test
	void scopeClassOfTheAdaptersSuperclassComesBack(@TempDir Path directory) throws Exception {
		try (Compiled compiled = Compiled.in(directory)) {
			ValueCodec custom = new ValueCodec(compiled.customSource());
			Object scope = compiled.scope("r-1", "a", 200);
			assertThat(custom.read(custom.writeChecked(scope))).hasSameClassAs(scope).hasToString("r-1 a 200");
		}
	}

	@Test
	void genericCollectionsKeepTheTypesOfTheirElements() {
		Ids ids = new Ids(List.of(1L, 2L), new TreeMap<>(Map.of(3L, LocalDate.EPOCH)), Set.of(Level.HIGH),
				new TreeSet<>(List.of("b", "a")), new LinkedList<>(List.of(1.0f)), Set.of(5), new int[] { 1, 2 },
				new Range[] { new Range(1, 2L) });
		Ids back = (Ids) roundTrip(ids);
		assertThat(back).usingRecursiveComparison().isEqualTo(ids);
		assertThat(back.longs()).hasOnlyElementsOfType(Long.class);
	}

	@Test
	void declaredTypesNeedNoTags() {
		assertThat(this.codec.write(new Range(1, 2L)))
			.isEqualTo("{\"@.ScopeCodecObjectsTests$Range\":{\"from\":1,\"to\":2}}");
	}

	@Test
	void fieldsThatDeclareLittleKeepTheTypesOfTheirValues() {
		for (Object value : List.of(5L, 5, new Range(1, null), Level.LOW, List.of(5L), Map.of("@a", 5L))) {
			Any any = new Any(value, value);
			assertThat(roundTrip(any)).isEqualTo(any);
		}
	}

	@Test
	void enumConstantWithABodyComesBackAsThatConstant() {
		assertThat(roundTrip(Level.HIGH)).isSameAs(Level.HIGH);
		assertThat(this.codec.write(Level.HIGH)).isEqualTo("{\"@.ScopeCodecObjectsTests$Level\":\"HIGH\"}");
	}

	@Test
	void foreignEnumComesBackInAFieldThatDeclaresIt() {
		assertThat(roundTrip(new Wait(3, TimeUnit.HOURS))).isEqualTo(new Wait(3, TimeUnit.HOURS));
	}

	@Test
	void inheritedFieldsComeBackAndTransientOnesDoNot() {
		Derived derived = new Derived("base", "own");
		derived.cache = "cached";
		Derived back = (Derived) roundTrip(derived);
		assertThat(back.base).isEqualTo("base");
		assertThat(back.own).isEqualTo("own");
		assertThat(back.cache).isNull();
	}

	@Test
	void fieldsAreTheTruthWhateverTheConstructorMakesOfThem() {
		Prefixed back = (Prefixed) roundTrip(new Prefixed("a"));
		assertThat(back.name).isEqualTo("prefix-a");
	}

	@Test
	void beanWithoutConstructorComesBack() {
		Bean bean = new Bean();
		bean.size = 7;
		bean.next = new Bean();
		bean.name = null;
		Bean back = (Bean) roundTrip(bean);
		assertThat(back).usingRecursiveComparison().isEqualTo(bean);
	}

	@Test
	void objectComesBackWhateverItsConstructorNeeds() {
		Length back = (Length) roundTrip(new Length("abc"));
		assertThat(back.length).isEqualTo(3);
	}

	@Test
	void constructorWithoutParametersSetsWhatIsNotStored() {
		Caching caching = new Caching();
		caching.name = "a";
		Caching back = (Caching) roundTrip(caching);
		assertThat(back.name).isEqualTo("a");
		assertThat(back.cache).isEqualTo(List.of());
	}

	@Test
	void textFromBeforeANullableFieldWasAddedReads() {
		assertThat(this.codec.read("{\"@.ScopeCodecObjectsTests$Range\":{\"from\":1}}")).isEqualTo(new Range(1, null));
	}

	@Test
	void fieldThatGrewFromIntegerToLongReads() {
		assertThat(this.codec.read("{\"@.ScopeCodecObjectsTests$Range\":{\"from\":1,\"to\":5}}"))
			.isEqualTo(new Range(1, 5L));
	}

	private Object roundTrip(Object scope) {
		return this.codec.read(this.codec.writeChecked(scope));
	}

	enum Level {

		LOW, HIGH {
			@Override
			public String toString() {
				return "very high";
			}
		}

	}

	record Range(int from, @Nullable Long to) {
	}

	record Ids(List<Long> longs, SortedMap<Long, LocalDate> dates, Set<Level> levels, TreeSet<String> sorted,
			LinkedList<Float> linked, Collection<Integer> collection, int[] numbers, Range[] ranges) {
	}

	record Any(Object object, @Nullable Object other) {
	}

	record Wait(int amount, TimeUnit unit) {
	}

	static class Base {

		protected final String base;

		Base(String base) {
			this.base = base;
		}

	}

	static final class Derived extends Base {

		private static final List<String> CONSTANTS = Arrays.asList("a");

		private final String own;

		private transient @Nullable String cache;

		Derived(String base, String own) {
			super(base);
			this.own = own;
		}

	}

	static final class Prefixed {

		private final String name;

		Prefixed(String name) {
			this.name = "prefix-" + name;
		}

	}

	static final class Bean {

		private @Nullable String name = "default";

		private int size;

		private @Nullable Bean next;

	}

	static final class Length {

		private final int length;

		Length(String text) {
			this.length = text.length();
		}

	}

	static final class Caching {

		private final transient List<String> cache = List.of();

		private @Nullable String name;

	}

}
