@echo off
rem Starts DeltaSync: see docs\installing.md.
setlocal DisableDelayedExpansion
set "HOME_DIR=%~dp0.."

if not defined JAVA_HOME goto search
set "JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%JAVA%" goto found
echo deltasync: JAVA_HOME is '%JAVA_HOME%', where there is no bin\java.exe. Set it to Java 17 or later 1>&2
exit /b 4

:search
set "JAVA="
for %%J in (java.exe) do set "JAVA=%%~$PATH:J"
if defined JAVA goto found
echo deltasync: Java 17 or later is required, and there is no java on the PATH. Install it, or set JAVA_HOME 1>&2
exit /b 4

:found
if not "%~1"=="train" goto start
echo deltasync: 'train' is for other systems than Windows 1>&2
exit /b 2

:start
rem compiling for speed pays off after seconds only, and in the minute of a full load only for what is called most often
set "COMPILERS=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:ReservedCodeCacheSize=240m"
for %%A in (%*) do for %%C in (restart replay --full --full-if-due) do if "%%~A"=="%%C" set "COMPILERS=-XX:Tier4InvocationThreshold=125000 -XX:Tier4MinInvocationThreshold=15000 -XX:Tier4CompileThreshold=375000 -XX:Tier4BackEdgeThreshold=1000000"
for %%A in (%*) do for %%C in (serve worker) do if "%%~A"=="%%C" set "COMPILERS="
"%JAVA%" -Xlog:disable -XX:+DisplayVMOutputToStderr %COMPILERS% -Duser.timezone=UTC "-Dio.deltasync.home=%HOME_DIR%" %DELTASYNC_JAVA_OPTS% -cp "%HOME_DIR%\lib\*;%HOME_DIR%\adapters\*;adapters\*" io.deltasync.DeltaSyncApplication %*
exit /b %ERRORLEVEL%
