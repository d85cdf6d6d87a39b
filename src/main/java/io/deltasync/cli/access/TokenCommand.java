package io.deltasync.cli.access;

import java.time.Instant;
import java.util.List;

import io.deltasync.cli.backend.Access;
import io.deltasync.cli.backend.Backend;
import io.deltasync.cli.text.TextTable;
import io.deltasync.console.security.AccessControl.TokenInfo;
import io.deltasync.console.security.Role;
import io.deltasync.event.Formats;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The commands {@code token create}, {@code token list} and {@code token delete}.
 */
@CommandLine.Command(name = "token", description = "Manages access tokens of the REST API.",
		synopsisSubcommandLabel = "COMMAND",
		subcommands = { TokenCommand.Create.class, TokenCommand.TokenList.class, TokenCommand.Delete.class })
public class TokenCommand {

	/**
	 * The command {@code token create NAME --role ROLE [--link LINK…] [--expires AGE]}.
	 */
	@CommandLine.Command(name = "create", description = "Creates a token and prints it once; only its hash is stored.")
	static class Create extends AccessCommand {

		@Parameters(paramLabel = "NAME", description = "The token's name, which appears in the audit log.")
		private String name = "";

		@Option(names = "--role", paramLabel = "ROLE", required = true,
				description = "What it may do: push, viewer, operator or admin.")
		@SuppressWarnings("NullAway.Init")
		private Role role;

		@Option(names = "--link", paramLabel = "LINK",
				description = "A Link that it is limited to; may be repeated. Default: all Links.")
		private @Nullable List<String> links;

		@Option(names = "--expires", paramLabel = "AGE",
				description = "How long it is valid, such as 90d or 12h. Default: for ever.")
		private @Nullable String expires;

		@Override
		void execute(Access access, Backend backend) {
			String token = access.createToken(this.name, this.role, this.links, expiry(backend.now()));
			notice("Token '%s' has been created. It is not shown again:".formatted(this.name));
			print(new Secret(this.name, token, null), () -> token);
		}

		private @Nullable Instant expiry(Instant now) {
			if (this.expires == null) {
				return null;
			}
			if (!this.expires.matches("[1-9]\\d{0,4}[smhd]")) {
				throw refused("'%s' is not an age such as 90d or 12h".formatted(this.expires));
			}
			return now.plus(DurationStyle.SIMPLE.parse(this.expires));
		}

	}

	/** The command {@code token list}. */
	@CommandLine.Command(name = "list", description = "Lists the tokens.")
	static class TokenList extends AccessCommand {

		@Override
		void execute(Access access, Backend backend) {
			List<TokenInfo> tokens = access.tokens();
			print(tokens, () -> text(tokens, backend.now()));
		}

		private static String text(List<TokenInfo> tokens, Instant now) {
			if (tokens.isEmpty()) {
				return "There are no tokens. 'token create' creates one";
			}
			TextTable table = new TextTable("NAME", "ROLE", "LINKS", "CREATED", "EXPIRES");
			tokens.forEach((token) -> table.row(token.name(), token.role().words(),
					(token.links() != null) ? String.join(", ", token.links()) : "all", Formats.time(token.createdAt()),
					expiry(token, now)));
			return table.toString();
		}

		private static String expiry(TokenInfo token, Instant now) {
			if (token.expiresAt() == null) {
				return "never";
			}
			return Formats.time(token.expiresAt()) + (now.isBefore(token.expiresAt()) ? "" : " (has expired)");
		}

	}

	/** The command {@code token delete NAME}. */
	@CommandLine.Command(name = "delete", description = "Deletes a token; it is refused at once.")
	static class Delete extends AccessCommand {

		@Parameters(paramLabel = "NAME", description = "The token's name.")
		private String name = "";

		@Override
		void execute(Access access, Backend backend) {
			access.deleteToken(this.name);
			print(new Secret(this.name, null, null), () -> "Token '%s' has been deleted".formatted(this.name));
		}

	}

}
