@echo off
rem Starts Thalweg on Windows (untested). Needs a Java runtime (17 or later): that of JAVA_HOME, else 'java' on the PATH.
setlocal
set LIB=%~dp0lib
set JAVA=java
if defined JAVA_HOME set JAVA="%JAVA_HOME%\bin\java"
%JAVA% "@%LIB%\java.options" -cp "%LIB%\*" org.thalweg.cli.Main %*
exit /b %ERRORLEVEL%
