/** What chapter 2 of the course demands. */
package org.spikelet.app.learn.chapter02;
