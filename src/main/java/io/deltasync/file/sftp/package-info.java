/**
 * Files on SFTP servers.
 */
@NullMarked
package io.deltasync.file.sftp;

import org.jspecify.annotations.NullMarked;
