package io.deltasync.cli.access;

import java.io.Console;
import java.util.List;

import io.deltasync.cli.backend.Access;
import io.deltasync.cli.backend.Backend;
import io.deltasync.cli.text.Terminal;
import io.deltasync.cli.text.TextTable;
import io.deltasync.console.security.AccessControl;
import io.deltasync.console.security.AccessControl.UserInfo;
import io.deltasync.console.security.Role;
import io.deltasync.event.Formats;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The commands {@code user add}, {@code user list}, {@code user password} and
 * {@code user delete}.
 */
@CommandLine.Command(name = "user", description = "Manages the users of the console.",
		synopsisSubcommandLabel = "COMMAND", subcommands = { UserCommand.Add.class, UserCommand.UserList.class,
				UserCommand.Password.class, UserCommand.Delete.class })
public class UserCommand {

	/** A command that sets a password, which is never an argument. */
	abstract static class PasswordCommand extends AccessCommand {

		@Parameters(paramLabel = "NAME", description = "The user's name.")
		private String name = "";

		@Option(names = "--generate",
				description = "Generate the password and print it once, instead of asking for it.")
		private boolean generate;

		@Override
		void execute(Access access, Backend backend) {
			String password = this.generate ? AccessControl.generatePassword() : read();
			store(access, this.name, password);
			if (this.generate) {
				notice(done(this.name) + ". The password is not shown again:");
				print(new Secret(this.name, null, password), () -> password);
			}
			else {
				print(new Secret(this.name, null, null), () -> done(this.name));
			}
		}

		abstract void store(Access access, String name, String password);

		abstract String done(String name);

		private String read() {
			Console terminal = Terminal.console();
			if (terminal == null) {
				throw refused("There is no terminal to ask for the password; use --generate");
			}
			char[] password = terminal.readPassword("Password of '%s': ", this.name);
			char[] repeated = terminal.readPassword("Repeat it: ");
			if (password == null || repeated == null || !new String(password).equals(new String(repeated))) {
				throw refused("The passwords differ; nothing was changed");
			}
			return new String(password);
		}

	}

	/** The command {@code user add NAME --role ROLE [--generate]}. */
	@CommandLine.Command(name = "add", description = "Adds a user. Asks for the password.")
	static class Add extends PasswordCommand {

		@Option(names = "--role", paramLabel = "ROLE", required = true,
				description = "What the user may do: viewer, operator or admin.")
		@SuppressWarnings("NullAway.Init")
		private Role role;

		@Override
		void store(Access access, String name, String password) {
			access.addUser(name, password, this.role);
		}

		@Override
		String done(String name) {
			return "User '%s' has been added".formatted(name);
		}

	}

	/** The command {@code user password NAME [--generate]}. */
	@CommandLine.Command(name = "password", description = "Sets a user's password. Asks for it.")
	static class Password extends PasswordCommand {

		@Override
		void store(Access access, String name, String password) {
			access.setPassword(name, password);
		}

		@Override
		String done(String name) {
			return "The password of user '%s' has been set".formatted(name);
		}

	}

	/** The command {@code user list}. */
	@CommandLine.Command(name = "list", description = "Lists the users.")
	static class UserList extends AccessCommand {

		@Override
		void execute(Access access, Backend backend) {
			List<UserInfo> users = access.users();
			print(users, () -> text(users));
		}

		private static String text(List<UserInfo> users) {
			if (users.isEmpty()) {
				return "There are no users. The first start of 'serve' creates one, 'user add' others";
			}
			TextTable table = new TextTable("NAME", "ROLE", "CREATED");
			users.forEach((user) -> table.row(user.name(), user.role().words(), Formats.time(user.createdAt())));
			return table.toString();
		}

	}

	/** The command {@code user delete NAME}. */
	@CommandLine.Command(name = "delete", description = "Deletes a user.")
	static class Delete extends AccessCommand {

		@Parameters(paramLabel = "NAME", description = "The user's name.")
		private String name = "";

		@Override
		void execute(Access access, Backend backend) {
			access.deleteUser(this.name);
			print(new Secret(this.name, null, null), () -> "User '%s' has been deleted".formatted(this.name));
		}

	}

}
