package io.deltasync.cli.command;

import java.io.PrintWriter;
import java.util.function.Supplier;

import io.deltasync.cli.text.Printable;
import io.deltasync.event.view.Json;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command that prints a result to stdout: as text for people, or as JSON with
 * {@code --json}.
 */
public abstract class PrintingCommand implements Command {

	@Option(names = "--json", description = "Print JSON on one line.")
	private boolean json;

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	protected CommandSpec spec() {
		return this.spec;
	}

	/**
	 * Prints a result.
	 * @param value the value that is written as JSON
	 * @param text the text for people
	 */
	protected void print(Object value, Supplier<String> text) {
		PrintWriter out = this.spec.commandLine().getOut();
		out.println(this.json ? Json.write(value) : Printable.lines(text.get()));
		out.flush();
	}

}
