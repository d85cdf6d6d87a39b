package io.deltasync.cli;

import io.deltasync.config.Build;
import picocli.CommandLine.IVersionProvider;

/**
 * Answers the option {@code --version}.
 */
class BuildVersion implements IVersionProvider {

	@Override
	public String[] getVersion() {
		return new String[] { Build.version() };
	}

}
