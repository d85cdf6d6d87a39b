package io.deltasync.testing;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.AnnotationBasedArgumentsProvider;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** The databases of an {@link EachDatabase} that {@value #PROPERTY} does not exclude. */
final class SelectedDatabases extends AnnotationBasedArgumentsProvider<EachDatabase> {

	private static final String PROPERTY = "deltasync.database";

	private static final String ALL = "all";

	private static final List<TestDatabase> USUAL = List.of(TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL,
			TestDatabase.POSTGRESQL);

	@Override
	protected Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context,
			EachDatabase annotation) {
		String wanted = System.getProperty(PROPERTY, "");
		List<TestDatabase> selected = select(wanted.equals(ALL) ? "" : wanted, annotation.value());
		if (annotation.sampled() && wanted.isEmpty()) {
			selected = List.of(selected.get(new Random().nextInt(selected.size())));
		}
		return selected.stream().map(Arguments::of);
	}

	/**
	 * Selects databases.
	 * @param name the only one wanted, in any case, or an empty text for all
	 * @param supported those of a class, or none for the usual ones
	 * @return none if the wanted one is not supported
	 */
	static List<TestDatabase> select(String name, TestDatabase... supported) {
		List<TestDatabase> databases = (supported.length == 0) ? USUAL : List.of(supported);
		if (name.isEmpty()) {
			return databases;
		}
		TestDatabase only = TestDatabase.valueOf(name.toUpperCase(Locale.ROOT));
		return databases.contains(only) ? List.of(only) : List.of();
	}

}
