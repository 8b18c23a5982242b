/** What chapter 4 of the course demands. */
package org.spikelet.app.learn.chapter04;
