package io.deltasync;

import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of the house.
 */
class ArchitectureTests {

	private static final String ROOT = "io.deltasync";

	/** Ground floor first: a package imports only what stands before it. */
	private static final List<String> FLOORS = List.of("api", "codec", "link", "scope", "reject", "delivered", "event",
			"run", "jdbc", "remote", "serve", "metrics", "launch", "testkit");

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	private static final JavaClasses TESTS = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
		.importPackages(ROOT);

	@ParameterizedTest
	@MethodSource("floors")
	void aPackageImportsOnlyWhatStandsBeforeIt(String floor) {
		List<String> above = FLOORS.subList(FLOORS.indexOf(floor) + 1, FLOORS.size());
		String[] forbidden = Stream.concat(Stream.of(ROOT), above.stream().map(ArchitectureTests::below))
			.toArray(String[]::new);

		check(noClasses().that()
			.resideInAPackage(below(floor))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(forbidden));
	}

	@Test
	void everyPackageHasItsFloor() {
		assertThat(MAIN).extracting(JavaClass::getPackageName).allSatisfy((name) -> {
			if (!name.equals(ROOT)) {
				assertThat(name.split("\\.")[2]).isIn(FLOORS);
			}
		});
	}

	@Test
	void theApiNeedsNothingButTheJdk() {
		check(classes().that()
			.resideInAPackage(below("api"))
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(below("api"), "java..", "javax.sql..", "org.jspecify.."));
	}

	@ParameterizedTest
	@ValueSource(strings = "jdbc")
	void aBuiltInAdapterKnowsTheApiAlone(String adapter) {
		DescribedPredicate<JavaClass> ours = resideInAPackage(ROOT + "..");

		check(noClasses().that()
			.resideInAPackage(below(adapter))
			.should()
			.dependOnClassesThat(ours.and(DescribedPredicate.not(resideInAnyPackage(below("api"), below(adapter))))));
	}

	@Test
	void theTestkitNeedsNeitherSpringNorATestFramework() {
		check(classes().that()
			.resideInAPackage(below("testkit"))
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(below("testkit"), below("api"), below("scope"), below("run"), "java..",
					"org.jspecify.."));
	}

	@Test
	void everyPackageSaysWhatItIsForAndIsNullMarked() {
		assertThat(MAIN).extracting(JavaClass::getPackage)
			.allSatisfy((found) -> assertThat(isNullMarked(found)).as(found.getName() + " is @NullMarked").isTrue());
	}

	@Test
	void dependenciesComeThroughTheConstructor() {
		check(NO_CLASSES_SHOULD_USE_FIELD_INJECTION);
	}

	@Test
	void timeIsTakenFromAClockThatTestsCanSet() {
		check(noClasses().should()
			.callConstructor(java.util.Date.class)
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(java.time.LocalDateTime.class, "now"));
	}

	@Test
	void nothingSleeps() {
		ArchRule rule = noClasses().should(ArchConditions.callMethodWhere(DescribedPredicate.describe("is Thread.sleep",
				(call) -> call.getTargetOwner().isEquivalentTo(Thread.class)
						&& call.getTarget().getName().equals("sleep"))));

		check(rule);
		rule.allowEmptyShould(true).check(TESTS);
	}

	@Test
	void namesSayWhatAClassIs() {
		check(noClasses().should()
			.haveSimpleNameEndingWith("Manager")
			.orShould()
			.haveSimpleNameEndingWith("Helper")
			.orShould()
			.haveSimpleNameEndingWith("Util")
			.orShould()
			.haveSimpleNameEndingWith("Utils"));
	}

	private static void check(ArchRule rule) {
		rule.allowEmptyShould(true).check(MAIN);
	}

	private static Stream<String> floors() {
		return FLOORS.stream();
	}

	private static String below(String name) {
		return ROOT + "." + name + "..";
	}

	private static boolean isNullMarked(JavaPackage found) {
		return found.tryGetPackageInfo().map((info) -> info.isAnnotatedWith(NullMarked.class)).orElse(false);
	}

}
