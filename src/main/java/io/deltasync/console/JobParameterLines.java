package io.deltasync.console;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.batch.core.job.parameters.JobParameter;
import org.springframework.batch.core.job.parameters.JobParameters;

/**
 * Reads job parameters that a person has typed: one a line, such as {@code name=value} or
 * {@code day:date=2026-11-29}; with a minus sign before the name, a parameter does not
 * identify the job instance.
 */
final class JobParameterLines {

	private static final Pattern LINE = Pattern.compile("(-?)([^:=]+?)(?::(\\w+))?\\s*=(.*)");

	private JobParameterLines() {
	}

	/**
	 * Reads parameters.
	 * @param text the lines; empty ones are ignored
	 * @return the parameters
	 * @throws ConflictException if a line cannot be read; the message says which one and
	 * why
	 */
	static JobParameters parse(String text) {
		Set<JobParameter<?>> parameters = new LinkedHashSet<>();
		Set<String> names = new HashSet<>();
		for (String line : text.lines().map(String::strip).filter((line) -> !line.isEmpty()).toList()) {
			Matcher parts = LINE.matcher(line);
			if (!parts.matches()) {
				throw new ConflictException("The line '%s' is no parameter. Give name=value".formatted(line));
			}
			String name = parts.group(2).strip();
			if (!names.add(name)) {
				throw new ConflictException("The parameter '%s' is given twice".formatted(name));
			}
			String type = (parts.group(3) != null) ? parts.group(3) : "string";
			parameters.add(parameter(name, type, parts.group(4).strip(), parts.group(1).isEmpty()));
		}
		return new JobParameters(parameters);
	}

	private static JobParameter<?> parameter(String name, String type, String value, boolean identifying) {
		try {
			return switch (type) {
				case "string" -> new JobParameter<>(name, value, String.class, identifying);
				case "long" -> new JobParameter<>(name, Long.valueOf(value), Long.class, identifying);
				case "double" -> new JobParameter<>(name, Double.valueOf(value), Double.class, identifying);
				case "date" -> new JobParameter<>(name, LocalDate.parse(value), LocalDate.class, identifying);
				case "time" -> new JobParameter<>(name, LocalTime.parse(value), LocalTime.class, identifying);
				case "datetime" ->
					new JobParameter<>(name, LocalDateTime.parse(value), LocalDateTime.class, identifying);
				default -> throw new ConflictException(
						"The parameter '%s' has the unknown type '%s'. Give string, long, double, date, time or datetime"
							.formatted(name, type));
			};
		}
		catch (NumberFormatException | DateTimeException ex) {
			throw new ConflictException("The parameter '%s' is no %s: '%s'".formatted(name, type, value));
		}
	}

}
