package io.deltasync.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.SpringProperties;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class UsageCheckTests {

	@Test
	void helpIsPrintedToStdoutAndExitsWithZero(CapturedOutput output) {
		assertThat(UsageCheck.answer("--help")).hasValue(0);
		assertThat(output.getOut()).contains("Usage: deltasync", "run ", "links ", "events ", "event ", "plan ", "143");
		assertThat(output.getErr()).isEmpty();
	}

	@Test
	void eachCommandHasItsOwnHelp(CapturedOutput output) {
		assertThat(UsageCheck.answer("run", "--help")).hasValue(0);
		assertThat(output.getOut()).contains("--full", "--json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--version", "run -V", "stop --version", "metrics -V" })
	void versionIsPrinted(String arguments, CapturedOutput output) {
		assertThat(UsageCheck.answer(arguments.split(" "))).hasValue(0);
		assertThat(output.getOut()).startsWith("DeltaSync ");
	}

	@Test
	void missingCommandIsAUsageError(CapturedOutput output) {
		assertThat(UsageCheck.answer("--spring.profiles.active=demo")).hasValue(2);
		assertThat(output.getErr()).contains("Missing command", "Usage: deltasync");
		assertThat(output.getOut()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "runn customers, Did you mean: deltasync run", "run customers --ful, Possible solutions: --full",
			"run, Missing required parameter: 'LINK'", "event x, Invalid value for positional parameter",
			"run a b, Unmatched argument", "run customers --=x, Invalid argument syntax: --=x",
			"events --limit 0, give 1 or more", "replay last, is not a number",
			"window a --set tomorrow, is not an instant such as 2026-11-29T10:00:00Z" })
	void invalidArgumentsAreAUsageError(String arguments, String message, CapturedOutput output) {
		assertThat(UsageCheck.answer(arguments.split(" "))).hasValue(2);
		assertThat(output.getErr()).contains(message);
		assertThat(output.getOut()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "token, Missing command", "token crate, crate", "token create ci, --role",
			"token create ci --role root, is not a role: viewer", "user password anna --password x, --password" })
	void invalidCommandsOfAGroupAreAUsageError(String arguments, String message, CapturedOutput output) {
		assertThat(UsageCheck.answer(arguments.split(" "))).hasValue(2);
		assertThat(output.getErr()).contains(message);
	}

	@ParameterizedTest
	@CsvSource({ "run customers --full --json", "token list", "user add anna --role admin",
			"--spring.profiles.active=demo run customers", "links", "events", "events customers --limit 3", "run @/",
			"event 7", "plan customers", "--spring.batch.job.name=customers mode=FULL" })
	void validCommandIsNotAnswered(String arguments, CapturedOutput output) {
		assertThat(UsageCheck.answer(arguments.split(" "))).isEmpty();
		assertThat(output.getAll()).isEmpty();
	}

	@Test
	void trainingRunOfTheJvmNeedsNoCommand(CapturedOutput output) {
		SpringProperties.setProperty("spring.context.exit", "onRefresh");
		try {
			assertThat(UsageCheck.answer()).isEmpty();
			assertThat(output.getAll()).isEmpty();
		}
		finally {
			SpringProperties.setProperty("spring.context.exit", null);
		}
	}

}
